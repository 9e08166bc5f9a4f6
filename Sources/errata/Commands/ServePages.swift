internal import Arguments
internal import Pages
internal import Profiles
internal import Reports
internal import Times

/// The pages of a store, in the zone of an invocation. Each is made on the thread that asks for it, with
/// a reader of its own; profiles are read once.
func sitePages(
  of store: ServedStore, for invocation: Invocation
) throws -> @Sendable (PageRequest) -> Page {
  let catalog = try invocation.catalog
  let site = Site(
    open: {
      let opened = try store.open()
      return Site.Shelf(
        archive: opened.archive,
        finder: { zone, scope in
          Finder(opened, catalog: { catalog }, zone: zone, scope: scope)
        },
        isStopped: { opened.isStopped })
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
