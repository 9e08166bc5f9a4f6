internal import Answers
internal import Profiles
internal import Rendering
internal import Reports

/// The vendors: what each answered, and what is known of it.
struct VendorsPage: PageSort {
  var takes: [String] { ["since", "until", "gateway", "top"] }

  func page(_ asked: Asked) throws -> SitePage {
    var parts: [SitePage.Part] = []
    var notes: [Note] = []
    do {
      let question = try asked.question(for: .people)
      let answer = try question.vendorTraffic()
      notes = [Note(question.note)] + answer.cautions
      parts += answer.sections.map { .section($0) }
    } catch let fault as PageFault {
      throw fault
    } catch {
      parts.append(asked.notice("Counts", error))
    }
    for section in try answer(asked, for: .people).sections {
      var section = section
      section.heading = "Known vendors"
      parts.append(.section(section))
    }
    return SitePage("Vendors", notes: notes, parts: parts, in: asked.frame())
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    vendorAnswer(asked.site.catalog.vendors)
  }
}

/// One vendor: what it answered, by code, and what that means.
struct VendorPage: PageSort {
  let name: String

  var takes: [String] { ["since", "until", "gateway", "top"] }

  func page(_ asked: Asked) throws -> SitePage {
    let known: KnownVendors
    do {
      known = try KnownVendors([name], in: asked.archive) { asked.site.catalog }
    } catch let unknown as KnownVendors.Unknown {
      throw asked.fault(of: unknown, status: 404) { near in asked.address("vendors", near) }
    }
    let question = try asked.question(for: .people, about: known)
    let answer = try question.vendorStanding(known.names.first ?? name, catalog: asked.site.catalog)
      .noting(nothingOf: question.absent)
    let vendor = known.names.first ?? name
    return asked.page(
      answer,
      before: [
        .links(
          "More of \(vendor)",
          [
            Link("Events", asked.address("list").with("vendor", vendor)),
            Link("Incidents", asked.address("incidents").with("vendor", vendor)),
            Link("Limits", asked.address("limits").with("vendor", vendor)),
            Link("Retries", asked.address("retries").with("vendor", vendor)),
            Link("Weekly report", asked.address("report").with("vendor", vendor)),
          ])
      ])
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    guard let vendor = asked.site.catalog.vendor(called: name) else {
      throw PageFault(404, "There is no profile of a vendor “\(name)”.")
    }
    return vendorAnswer(vendor)
  }
}
