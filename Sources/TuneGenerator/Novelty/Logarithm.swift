import Glibc

enum Logarithm {
  static func base2(_ value: Double) -> Double { log2(value) }
}
