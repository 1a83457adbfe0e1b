import Foundation
import KISWire

/// The members of an object inside a line, with errors that point at them.
struct LineMembers {
  private let name: String
  private let line: [UInt8]
  private let range: Range<Int>
  private let members: RawMembers

  /// - Parameters:
  ///   - name: what the line calls the object.
  ///   - range: where it lies in the line.
  ///   - expected: what should be in it, for the error when it is no object.
  init(_ name: String, in line: [UInt8], at range: Range<Int>?, expected: String) throws(LineError) {
    guard let range, let members = try? RawMembers(of: line, in: range) else {
      let found = range.flatMap { try? JSONValue(parsing: line[$0]) }?.kind ?? "none"
      throw LineError(offset: range?.lowerBound, reason: "expected an object with \(expected), found \(found)")
    }
    self.name = name
    self.line = line
    self.range = range
    self.members = members
  }

  func wrong(_ member: String, _ reason: String) -> LineError {
    LineError(offset: (members.range(of: member) ?? range).lowerBound, reason: "\(name): \(reason)")
  }

  func text(_ member: String, default missing: String? = nil) throws(LineError) -> String {
    guard let value = try value(member) else {
      if let missing { return missing }
      throw wrong(member, "expected \"\(member)\", found no such key")
    }
    guard let text = value.string else {
      throw wrong(member, "expected \(member) as text, found \(value.kind)")
    }
    return text
  }

  /// Nil when there is none, or null.
  func number(_ member: String, _ bounds: ClosedRange<Int>, expected: String) throws(LineError) -> Int? {
    guard let value = try value(member), value != .null else { return nil }
    guard let number = value.int, bounds.contains(number) else {
      throw wrong(member, "expected \(expected), found \(value.text)")
    }
    return number
  }

  /// Nil when there is none, or null.
  func duration(_ member: String) throws(LineError) -> Duration? {
    try number(member, 0...Int(Int64.max), expected: "whole nanoseconds, 0 or more").map { .nanoseconds($0) }
  }

  func pairs(_ member: String) throws(LineError) -> [NameValue] {
    guard let value = try value(member) else { return [] }
    guard let object = value.object else {
      throw wrong(member, "expected \(member) as an object, found \(value.kind)")
    }
    return object.members.map { NameValue($0.name, $0.value.string ?? $0.value.text) }
  }

  /// A body: text in quotes, JSON as it went over the wire, or, under the name with `64` behind it, base64.
  func body(_ member: String) throws(LineError) -> [UInt8] {
    if let encoded = try value(member + "64") {
      guard let text = encoded.string, let data = Data(base64Encoded: text) else {
        throw wrong(member + "64", "expected the body in base64, found \(encoded.kind) that is none")
      }
      return Array(data)
    }
    guard let raw = members.range(of: member) else { return [] }
    guard line[raw.lowerBound] == UInt8(ascii: "\"") else { return Array(line[raw]) }
    return Array(try text(member).utf8)
  }

  private func value(_ member: String) throws(LineError) -> JSONValue? {
    do throws(WireError) {
      return try members.value(of: member)
    } catch {
      throw wrong(member, "expected \(error.expected), found \(error.found)")
    }
  }
}
