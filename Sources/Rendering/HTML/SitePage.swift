package import Answers

/// A page of a site: what it says, and what stands around that on each of the site's pages.
package struct SitePage: Sendable {
  package var title: String
  /// Lines below the title.
  package var notes: [Note]
  package var parts: [Part]
  package var frame: SiteFrame

  package init(_ title: String, notes: [Note] = [], parts: [Part] = [], in frame: SiteFrame) {
    self.title = title
    self.notes = notes
    self.parts = parts
    self.frame = frame
  }

  /// A piece of a page.
  package enum Part: Sendable {
    case section(Section)
    /// What went wrong with the page or a part of it, or is to be known before all else.
    case notice(String, detail: String? = nil, link: Link? = nil, tone: Tone = .neutral)
    /// Ways on from here, under a name for those who hear the page.
    case links(String, [Link])
    case form(Form)
    /// A text to be taken along, folded away under a heading.
    case copy(String, heading: String)
  }
}

/// What stands around each page of a site.
package struct SiteFrame: Sendable {
  package var home: Address
  package var style: Address
  package var script: Address
  package var pages: [Link]
  /// The search on every page.
  package var search: Form
  /// The choice of a time zone.
  package var zone: Form
  /// The same in other formats, and what else stands at the end of a page.
  package var foot: [Link]
  /// After so many seconds the browser asks for the page once more; nil for never.
  package var refresh: Int?

  package init(
    home: Address, style: Address, script: Address, pages: [Link], search: Form, zone: Form,
    foot: [Link] = [], refresh: Int? = nil
  ) {
    self.home = home
    self.style = style
    self.script = script
    self.pages = pages
    self.search = search
    self.zone = zone
    self.foot = foot
    self.refresh = refresh
  }
}

/// A form whose answers become parameters of an address.
package struct Form: Sendable {
  /// What it is for, for those who hear the page.
  package var name: String
  package var address: Address
  package var inputs: [Input]
  package var button: String
  /// Parameters that are kept.
  package var kept: [(name: String, value: String)]

  package init(
    _ name: String, to address: Address, _ inputs: [Input], button: String,
    keeping kept: [(name: String, value: String)] = []
  ) {
    self.name = name
    self.address = address
    self.inputs = inputs
    self.button = button
    self.kept = kept
  }

  /// Something that is asked.
  package struct Input: Sendable {
    package enum Sort: Sendable {
      /// A line, with what may be meant.
      case line(suggestions: [String])
      /// One of some; the first stands for none where it is empty.
      case choice([(value: String, name: String)])
      /// A text of several lines, so high.
      case text(rows: Int)
    }

    /// The parameter.
    package var name: String
    package var label: String
    package var value: String
    package var sort: Sort
    package var hint: String?
    /// What it may be, shown where it stands as long as nothing does.
    package var example: String?

    package init(
      _ name: String, _ label: String, value: String = "", _ sort: Sort = .line(suggestions: []),
      hint: String? = nil, example: String? = nil
    ) {
      self.example = example
      self.name = name
      self.label = label
      self.value = value
      self.sort = sort
      self.hint = hint
    }
  }
}
