/// Where an address leads: to which sort of pages, to which of them, and in which form.
struct Place {
  enum Form { case page, json, markdown }

  /// What stands in the address: `vendors`, then the vendor's name.
  let names: [String]
  let form: Form
  /// Nil where there is no such page.
  let sort: (any PageSort)?

  init(path: String) {
    var path = path.drop { $0 == "/" }
    var form = Form.page
    if path.hasSuffix(".json") {
      form = .json
      path.removeLast(5)
    } else if path.hasSuffix(".md"), !path.hasPrefix("vendors/") {
      // A vendor may be a host, and hosts may end so.
      form = .markdown
      path.removeLast(3)
    }
    self.form = form
    let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    names = parts.map(String.init).filter { !$0.isEmpty }
    sort = Place.sort(names)
  }

  private static func sort(_ names: [String]) -> (any PageSort)? {
    guard let first = names.first else { return OverviewPage() }
    if names.count == 1 {
      return switch first {
      case "find": FindPage()
      case "list": ListPage()
      case "vendors": VendorsPage()
      case "incidents": QuestionPage.incidents
      case "rates": QuestionPage.rates
      case "limits": QuestionPage.limits
      case "bursts": QuestionPage.bursts
      case "spikes": QuestionPage.spikes
      case "retries": QuestionPage.retries
      case "report": ReportPage()
      default: nil
      }
    }
    return switch first {
    case "vendors": VendorPage(name: names[1])
    case "incidents": IncidentPage(id: names[1])
    default: nil
    }
  }
}
