import ABCNotation
import ABCToMIDI
import ArgumentParser

/// `--swing`: the share of a pair that its first note takes, as `60%` or `2:1`; `none` for as written.
struct SwingOption: ExpressibleByArgument {
  let swing: Swing

  init?(argument: String) {
    let ratio = argument.split(separator: ":").map { Int($0) }
    if argument == "none" {
      swing = .none
    } else if argument.hasSuffix("%"), let percent = Int(argument.dropLast()), (10...90).contains(percent) {
      swing = .share(Fraction(percent, 100))
    } else if ratio.count == 2, let long = ratio[0], let short = ratio[1], (1...9).contains(long),
      (1...9).contains(short)
    {
      swing = .share(Fraction(long, long + short))
    } else {
      return nil
    }
  }
}
