internal import Arguments
internal import Pages
internal import Profiles
internal import Reports
internal import Store
internal import Times

/// The pages of the store that an invocation names, in its zone; profiles are read once.
func sitePages(_ invocation: Invocation) throws -> @Sendable (PageRequest) -> Page {
  let store = try invocation.storeOption
  let catalog = try invocation.catalog
  let site = Site(
    open: {
      let reader = try StoreReader(store)
      return Site.Shelf(archive: reader) { zone, scope in
        Finder(reader, catalog: { catalog }, zone: zone, scope: scope)
      }
    },
    catalog: catalog, zone: try invocation.zone,
    surroundings: Site.Surroundings(
      now: { Clock.now },
      words: { error in
        let complaint = Complaint(error)
        return (complaint.message, complaint.hint)
      },
      nearest: { nearest(to: $0, among: $1) },
      longText: "At a terminal, “errata find -” looks through a text of up to 16 MiB."))
  return { site.page(for: $0) }
}
