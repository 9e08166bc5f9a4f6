internal import Answers
internal import Rendering
internal import Times

// Where more is told of what an answer names.
extension Asked {
  var links: Links {
    let place = (root: address(), here: here, json: here(as: ".json"))
    // Ids of incidents hold for what was asked about.
    let isOfRange = ["incidents", nil].contains(self.place.names.first)
    let kept = parameters.filter { name, _ in
      Self.filterNames.contains(name) || isOfRange && ["since", "until"].contains(name)
    }
    @Sendable func page(_ names: String...) -> Address {
      var address = place.root
      address.names = names
      return address
    }
    return Links(
      page: { reference in
        switch reference {
        case .vendor(let name): return page("vendors", name)
        case .incident(let id):
          var address = page("incidents", id)
          for (name, value) in kept { address = address.with(name, value) }
          return address
        case .request(let id): return page("find").with("q", id)
        case .week(let week): return page("report").with("week", week)
        case .errors(let vendor, let status, let code, let consumer):
          return page("list").with("vendor", vendor).with("status", status.map(String.init))
            .with("code", code).with("consumer", consumer)
        }
      },
      next: { step in
        switch step {
        case .showMore, .showSmaller: [Link("show all", place.here.with("top", "all"))]
        case .goOn(let event): [Link("older ones", place.here.with("before", String(event)))]
        case .readValue: [Link("all of them as JSON", place.json)]
        case .askAboutGateway(let name):
          [Link("what \(name) logged", place.here.with("gateway", name))]
        case .ask(let topics, let days):
          topics.map { topic in
            let name =
              switch topic {
              case .bursts: "bursts"
              case .incidents: "incidents"
              case .limits: "limits"
              case .spikes: "spikes"
              }
            return Link(
              "all \(name)",
              page(name).with("since", days?.since).with("until", days?.until))
          }
        case .askAbout(let days):
          [
            Link(
              "the last days that are known",
              place.here.with("since", days.since).with("until", days.until))
          ]
        case .askAboutWeek(let week):
          [Link("the last week that is known", place.here.with("week", week))]
        // Nothing that is done here.
        case .importFirst, .logMore: []
        case .judgeAllErrors(let days):
          [Link("all errors", page("retries").with("since", days.since).with("until", days.until))]
        }
      })
  }
}

// What stands around every page.
extension Asked {
  func frame(refresh: Int? = nil) -> SiteFrame {
    let current = place.names.first ?? ""
    func link(_ text: String, _ name: String) -> Link {
      Link(text, name.isEmpty ? address() : address(name), isCurrent: current == name)
    }
    var foot: [Link] = []
    if place.sort != nil {
      foot = [Link("JSON", here(as: ".json"))]
      // A vendor may be a host, and hosts may end so. The overview has no command.
      let hasMarkdown = !current.isEmpty && !(current == "vendors" && place.names.count > 1)
      if hasMarkdown { foot.append(Link("Markdown", here(as: ".md"))) }
    }
    return SiteFrame(
      home: address(), style: file("style.css"), script: file("script.js"),
      pages: [
        link("Overview", ""), link("Incidents", "incidents"), link("Events", "list"),
        link("Vendors", "vendors"), link("Limits", "limits"), link("Weekly report", "report"),
      ],
      search: Form(
        "Find a request", to: address("find"),
        [
          Form.Input(
            "q", "Request id, or a text with some", .text(rows: 1), example: "Request id, or a text"
          )
        ],
        button: "Find"),
      zone: Form(
        "Time zone", to: here.with("tz", nil),
        [
          Form.Input(
            "tz", "Times are shown in the zone", value: self["tz"] ?? zone.name,
            .line(suggestions: Self.zones))
        ], button: "Change"),
      foot: foot, refresh: refresh)
  }

  /// Zones that many people live in; others can be typed.
  private static let zones = [
    "UTC", "America/Anchorage", "America/Bogota", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Sao_Paulo",
    "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "Asia/Dubai",
    "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo",
    "Australia/Perth", "Australia/Sydney", "Europe/Athens", "Europe/Berlin", "Europe/Istanbul",
    "Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Paris", "Europe/Warsaw",
    "Pacific/Auckland", "Pacific/Honolulu",
  ]
}
