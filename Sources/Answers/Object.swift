/// Named values in the order they were given; a name stands for one value.
package struct Object: Sendable, Equatable {
  /// A name and its value.
  package struct Member: Sendable, Equatable {
    package let name: String
    package var value: Value
  }

  package private(set) var members: [Member] = []

  package init() {}

  package init(_ members: some Sequence<(String, Value)>) {
    self.members.reserveCapacity(members.underestimatedCount)
    for (name, value) in members { self[name] = value }
  }

  /// Members of which no two have the same name.
  init(distinct members: [Member]) {
    self.members = members
  }

  package var names: [String] { members.map(\.name) }

  /// The value of a name. A new name goes to the end, nil takes the member away (`.null` keeps it).
  package subscript(name: String) -> Value? {
    get { members.first { $0.name == name }?.value }
    set {
      let place = members.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension Object: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral members: (String, Value)...) { self.init(members) }
}
