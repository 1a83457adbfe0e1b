extension Frame {
  /// The records of a plain frame. Their width is the number of values ÷ ``count``, never a table's constant:
  /// KIS has widened records without notice (PROTOCOL section 4).
  ///
  /// - Throws: ``WireError`` with code ``WireError/Code/record`` when the frame is still encrypted, says it has no
  ///   record, or its values cannot be shared out evenly; the offset is where the first surplus value starts.
  public func records() throws(WireError) -> FrameRecords {
    guard flag == .plain else {
      throw WireError(
        .record, expected: "a decrypted payload (see PayloadCipher)", found: "a frame with flag 1", at: payloadStart)
    }
    let starts = valueStarts()
    let values = starts.count - 1
    guard count > 0, values % count == 0 else {
      let surplus = count == 0 ? 0 : values / count * count
      throw WireError(
        .record, expected: "a multiple of \(count) values, for the count says \(count) records",
        found: "\(values) values", at: starts[surplus])
    }
    return FrameRecords(bytes: bytes, starts: starts, count: count)
  }

  /// Where each value starts, and one more: where the next one would start.
  private func valueStarts() -> [Int] {
    var starts: [Int] = []
    starts.reserveCapacity(payload.count / 4 + 2)
    starts.append(payloadStart)
    bytes.withUnsafeBufferPointer { bytes in
      for position in payloadStart..<bytes.count where bytes[position] == caret {
        starts.append(position + 1)
      }
    }
    starts.append(bytes.count + 1)
    return starts
  }
}

/// The records of one frame, all of the same width.
public struct FrameRecords: RandomAccessCollection, Sendable, Hashable {
  /// How many records there are: the count of the envelope.
  public let count: Int
  private let bytes: [UInt8]
  private let starts: [Int]

  init(bytes: [UInt8], starts: [Int], count: Int) {
    self.bytes = bytes
    self.starts = starts
    self.count = count
  }

  /// How many values each record has.
  public var width: Int { (starts.count - 1) / count }

  /// Always 0: records are counted from 0.
  public var startIndex: Int { 0 }
  /// The number of records, one past the last.
  public var endIndex: Int { count }

  /// A record by its index, from 0.
  public subscript(position: Int) -> RecordValues {
    RecordValues(bytes: bytes, starts: starts, first: position * width, count: width)
  }
}

/// The values of one record in wire order, as a view over the frame's bytes: text is made only when a value is read.
public struct RecordValues: RandomAccessCollection, Sendable {
  /// How many values there are.
  public let count: Int
  private let bytes: [UInt8]
  private let starts: [Int]
  private let first: Int

  init(bytes: [UInt8], starts: [Int], first: Int, count: Int) {
    self.bytes = bytes
    self.starts = starts
    self.first = first
    self.count = count
  }

  /// A record made of values, as if it had come alone in a payload.
  public init(_ values: some Sequence<String>) {
    var bytes: [UInt8] = []
    var starts: [Int] = [0]
    for value in values {
      bytes.append(contentsOf: value.utf8)
      bytes.append(caret)
      starts.append(bytes.count)
    }
    self.init(bytes: bytes, starts: starts, first: 0, count: starts.count - 1)
  }

  /// Always 0, in the second record of a frame too; documents number values from 1.
  public var startIndex: Int { 0 }
  /// The number of values, one past the last.
  public var endIndex: Int { count }

  /// A value by its index, from 0. Broken UTF-8 is shown as U+FFFD.
  public subscript(position: Int) -> String { String(decoding: bytes(at: position), as: UTF8.self) }

  /// The bytes of a value, without copying them.
  public func bytes(at index: Int) -> ArraySlice<UInt8> {
    bytes[offset(of: index)..<starts[first + index + 1] - 1]
  }

  /// Where a value starts in the frame's bytes.
  public func offset(of index: Int) -> Int { starts[first + index] }
}

extension RecordValues: Hashable {
  public static func == (left: RecordValues, right: RecordValues) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left.bytes(at: $0) == right.bytes(at: $0) }
  }

  public func hash(into hasher: inout Hasher) {
    for index in indices { hasher.combine(bytes(at: index)) }
  }
}
