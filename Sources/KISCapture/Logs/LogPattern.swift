/// Where a line of a log has its time and its message: `{time} … {frame}`.
///
/// Words stand for themselves. `{time}`, `{frame}` (or `{message}`) and `{dir}` are the parts that are read; `…`, `*`
/// and `{any}` stand for anything. A part reaches up to what follows it in the pattern.
package struct LogPattern: Sendable, Hashable {
  private var parts: [Part] = []

  private enum Part: Sendable, Hashable {
    case literal([UInt8])
    case anything
    case time
    case side
    case frame
  }

  /// What is wrong with a pattern.
  package struct Mistake: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  package init(_ text: String) throws(Mistake) {
    var rest = Substring(text)
    while let character = rest.first {
      if character == "{", let end = rest.firstIndex(of: "}") {
        let name = rest[rest.index(after: rest.startIndex)..<end]
        switch name {
        case "time": parts.append(.time)
        case "frame", "message": parts.append(.frame)
        case "dir": parts.append(.side)
        case "any", "": parts.append(.anything)
        default:
          throw Mistake(description: "`{\(name)}` is no part of a log pattern; {time}, {frame}, {dir} and {any} are")
        }
        rest = rest[rest.index(after: end)...]
      } else if character == "…" || character == "*" {
        parts.append(.anything)
        rest.removeFirst()
      } else {
        if case .literal(let bytes)? = parts.last {
          parts[parts.count - 1] = .literal(bytes + Array(String(character).utf8))
        } else {
          parts.append(.literal(Array(String(character).utf8)))
        }
        rest.removeFirst()
      }
    }
    guard parts.contains(.frame) else {
      throw Mistake(description: "`\(text)` does not say where the message stands: put {frame} there")
    }
    for (part, next) in zip(parts, parts.dropFirst()) {
      if case .literal = part { continue }
      if case .literal = next { continue }
      throw Mistake(description: "`\(text)` has two parts without anything between, so nobody can tell where one ends")
    }
  }

  /// Where the parts lie in a line.
  struct Match {
    var time: Range<Int>?
    var side: Range<Int>?
    var frame: Range<Int>?
  }

  /// Nil when the line does not have this form.
  func match(_ line: [UInt8]) -> Match? {
    var match = Match()
    var index = 0
    for (number, part) in parts.enumerated() {
      if case .literal(let bytes) = part {
        guard line[index...].starts(with: bytes) else { return nil }
        index += bytes.count
        continue
      }
      var end = line.count
      if number + 1 < parts.count, case .literal(let next) = parts[number + 1] {
        guard let found = line[index...].firstRange(of: next) else { return nil }
        end = found.lowerBound
      }
      switch part {
      case .time: match.time = index..<end
      case .side: match.side = index..<end
      case .frame: match.frame = index..<end
      case .anything, .literal: break
      }
      index = end
    }
    return match
  }
}
