internal import Answers
internal import Arguments
internal import Settings

extension Option {
  fileprivate static let origin = Option("origin", "tell which line of which file each is from")
}

extension Command {
  static let config = Command(
    "config", "what settings say, and where they are from",
    details: [
      "A flag wins over the environment, that over the project's file, .errata.json in the folder one "
        + "works in or above, and that over one's own, errata/config.json in $XDG_CONFIG_HOME. What "
        + "they can say is told by “errata help settings”."
    ],
    options: [.origin],
    without: [.store],
    examples: [
      Example("errata config", "what holds here"),
      Example("errata config --origin", "and which file says so"),
    ]
  ) { invocation in
    let known = try Errata.settings()
    try invocation.show(ConfigAnswer(known).answer(showsOrigin: invocation.has(.origin)))
    return .ok
  }
}

/// What `config` answers.
struct ConfigAnswer: Described {
  var files: [ConfigFile]
  var settings: [ConfigSetting]

  init(_ known: KnownSettings) {
    files = known.places.map {
      ConfigFile(path: $0.path, origin: $0.origin.rawValue, isRead: $0.file != nil)
    }
    var seen: Set<String> = []
    settings = known.settings.map { setting in
      ConfigSetting(
        setting: setting, isOverridden: !seen.insert(setting.key.lowercased()).inserted)
    }
  }

  static let fields: Fields<ConfigAnswer> = [
    Field("files", "where settings are looked for, what counts most first") { $0.files },
    Field("settings", "what they say") { $0.settings },
  ]

  func answer(showsOrigin: Bool) -> Answer {
    let fields = ConfigSetting.fields
    var columns = [
      fields.column("name", as: "setting"),
      TableColumn("value") { Cell(.text($0.texts.joined(separator: ", "))) },
    ]
    if showsOrigin { columns.append(fields.column("from", as: "from")) }
    return Answer(
      title: "Settings",
      notes: files.map { "\($0.isRead ? "from" : "nothing from") \($0.path)" },
      sections: [
        Section(
          .table(
            Table(
              of: settings.filter { !$0.isOverridden || showsOrigin }, columns,
              whenEmpty: "no setting: “errata help settings” tells what there can be")))
      ],
      value: value, rows: "settings", header: fields.names)
  }
}

struct ConfigFile: Described {
  var path: String
  var origin: String
  var isRead: Bool

  static let fields: Fields<ConfigFile> = [
    Field("path", "the file") { $0.path },
    Field("origin", "whose it is: the project's or the user's own") { $0.origin },
    Field("read", "whether it is there, and was read") { $0.isRead },
  ]
}

struct ConfigSetting: Described {
  var setting: Setting
  var isOverridden: Bool

  fileprivate var texts: [String] {
    switch setting.content {
    case .texts(let texts): texts
    case .isOn(let isOn): [isOn ? "true" : "false"]
    }
  }

  static let fields: Fields<ConfigSetting> = [
    Field("name", "what is said, by its place in the file") { $0.setting.key },
    Field("values", "what it is") { $0.texts },
    Field("origin", "whose file says it") { $0.setting.origin.rawValue },
    Field("from", "the file, with line and column") { $0.setting.spot },
    Field("overridden", "whether a file that counts more says otherwise") { $0.isOverridden },
  ]
}
