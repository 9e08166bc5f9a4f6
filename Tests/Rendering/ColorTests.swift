import Foundation
import Rendering
import Testing

/// The colours of the page, in light and in dark.
@Suite struct ColorTests {
  /// https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast
  @Test(arguments: ["light", "dark"])
  func `words and pictures stand out against the page`(_ scheme: String) throws {
    let colors = try colors(of: scheme)
    let page = try #require(colors["page"])
    let raised = try #require(colors["raised"])
    for name in ["text", "soft", "good", "bad", "burst", "spike", "incident"] {
      let color = try #require(colors[name])
      #expect(contrast(color, page) >= 4.5, "\(name)")
      #expect(contrast(color, raised) >= 4.5, "\(name)")
    }
    let drawn = ["now", "before", "strong-line"] + (1...8).map { "layer-\($0)" }
    for name in drawn {
      #expect(contrast(try #require(colors[name]), page) >= 3, "\(name)")
    }
  }

  @Test(arguments: ["light", "dark"])
  func `each step of the heat map stands out more than the one before`(_ scheme: String) throws {
    let colors = try colors(of: scheme)
    let page = try #require(colors["page"])
    let steps = try (0...6).map { contrast(try #require(colors["heat-\($0)"]), page) }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 * 1.15 < $1 }, "\(steps)")
  }

  /// Simulated after Machado, Oliveira and Fernandes, 2009; distances are CIE 1976.
  @Test(arguments: ["light", "dark"], ["normal", "deuteranopia", "protanopia"])
  func `layers are told apart, by the colour-blind too`(_ scheme: String, _ sight: String) throws {
    let colors = try colors(of: scheme)
    let seen = try (1...8).map { lab(as: sight, try #require(colors["layer-\($0)"])) }
    for (one, other) in (0..<8).flatMap({ one in (one + 1..<8).map { (one, $0) } }) {
      let distance = zip(seen[one], seen[other]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        .squareRoot()
      #expect(distance >= 18, "layer-\(one + 1) and layer-\(other + 1)")
    }
  }

  private func colors(of scheme: String) throws -> [String: [Double]] {
    let html = rendered(rates, as: .html)
    let blocks = html.components(separatedBy: "@media screen and (prefers-color-scheme: dark)")
    #expect(blocks.count == 2)
    let block = scheme == "light" ? blocks[0] : blocks[1]
    var colors: [String: [Double]] = [:]
    for match in block.matches(of: /--([a-z0-9-]+): #([0-9a-f]{6})/) {
      let number = try #require(UInt32(match.2, radix: 16))
      colors[String(match.1)] = [16, 8, 0].map { linear(Double(number >> $0 & 0xFF) / 255) }
    }
    return colors
  }

  private func linear(_ part: Double) -> Double {
    part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
  }

  private func luminance(_ color: [Double]) -> Double {
    0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
  }

  private func contrast(_ one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func lab(as sight: String, _ color: [Double]) -> [Double] {
    let seen = (Self.sights[sight] ?? []).map { row in
      min(1, max(0, zip(row, color).map { $0 * $1 }.reduce(0, +)))
    }
    let xyz = [
      (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505,
      0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2],
      (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089,
    ].map { $0 > 0.008856 ? pow($0, 1 / 3) : 7.787 * $0 + 16 / 116 }
    return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])]
  }

  private static let sights = [
    "normal": [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]],
    "deuteranopia": [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  ]
}
