@main
struct Errata {
  static func main() {}
}
