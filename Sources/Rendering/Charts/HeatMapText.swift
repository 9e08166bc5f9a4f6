internal import Answers

/// A heat map in characters: a line for each row, the darker the more, and what that means.
struct HeatMapText {
  let lines: [String]

  init(_ map: HeatMap, width: Int?) {
    if map.rows.isEmpty || map.columns.isEmpty {
      lines = ["nothing to show"]
      return
    }
    let shades: [Character] = ["░", "▒", "▓", "█"]
    let scale = Scale(upTo: map.most, steps: shades.count)
    let names = map.rows.map { clipped(visible($0), to: 24) }
    let nameWidth = names.map(displayWidth).max() ?? 0
    // Two characters a cell make it a square; where there is no room for that, one.
    let size = nameWidth + 2 + 2 * map.columns.count <= width ?? 80 ? 2 : 1

    let columns = map.columns.map(visible)
    let extents = columns.enumerated().map { place, name in
      (start: place * size, end: place * size + displayWidth(name))
    }
    let stride = evenStride(extents, gap: 1)
    var heading = ""
    for place in columns.indices where place % stride == 0 {
      if extents[place].end > map.columns.count * size, place > 0 { break }
      heading += spaces(extents[place].start - displayWidth(heading)) + columns[place]
    }
    var lines = [spaces(nameWidth + 2) + heading]
    for (row, name) in names.enumerated() {
      let cells = map.columns.indices.map { column -> String in
        guard let count = map.count(row, column) else { return spaces(size) }
        let step = scale.step(of: count)
        if step == 0 { return "·" + spaces(size - 1) }
        let shade = (step * shades.count + scale.ends.count - 1) / scale.ends.count - 1
        return String(repeating: shades[shade], count: size)
      }
      let line = name + spaces(nameWidth + 2 - displayWidth(name)) + cells.joined()
      lines.append(trimmed(line))
    }
    let steps = scale.ranges.enumerated().map { place, range in
      "\(shades[((place + 1) * shades.count + scale.ends.count - 1) / scale.ends.count - 1]) \(range)"
    }
    let key = ["· none"] + steps + (map.hasUnknown ? ["blank: not known"] : [])
    self.lines = lines + wrapped(key.joined(separator: "  "), to: width)
  }
}
