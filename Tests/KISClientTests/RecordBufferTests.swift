import Testing

@testable import KISClient

@Suite("The buffer of a stream")
struct RecordBufferTests {
  @Test("keeps everything in order between a fast writer and a reader")
  func lossless() async throws {
    let buffer = RecordBuffer<Int>(capacity: 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<10_000 { await buffer.send(number) }
        buffer.finish()
      }
      var expected = 0
      while let number = try await buffer.next() {
        #expect(number == expected)
        expected += 1
      }
      #expect(expected == 10_000)
      try await group.waitForAll()
    }
  }

  @Test("makes the writer wait, until the reader is behind no more")
  func backpressure() async throws {
    let buffer = RecordBuffer<Int>(capacity: 2)
    let (progress, made) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1...3 {
          await buffer.send(number)
          made.yield(number)
        }
        made.finish()
      }
      var steps = progress.makeAsyncIterator()
      var seen: [Int?] = [await steps.next()]
      for _ in 1...2 { seen.append(try await buffer.next()) }
      seen.append(await steps.next())
      seen.append(try await buffer.next())
      #expect(seen == [1, 1, 2, 2, 3])
      try await group.waitForAll()
    }
  }

  @Test("lets the writer go on while it may overflow")
  func overflow() async throws {
    let buffer = RecordBuffer<Int>(capacity: 1)
    buffer.allowOverflow(true)
    for number in 0..<100 { await buffer.send(number) }
    buffer.finish()
    var count = 0
    while try await buffer.next() != nil { count += 1 }
    #expect(count == 100)
  }

  @Test("ends behind what it holds, with the first end")
  func ends() async throws {
    let buffer = RecordBuffer<Int>(capacity: 4)
    await buffer.send(1)
    buffer.finish(throwing: ClientError(.closed, "first"))
    buffer.finish()
    await buffer.send(2)
    let held = try await buffer.next()
    #expect(held == 1)
    let error = await #expect(throws: ClientError.self) { try await buffer.next() }
    #expect(error?.message == "first")
  }

  @Test("wakes whoever waits when its task is cancelled")
  func cancellation() async throws {
    let buffer = RecordBuffer<Int>(capacity: 1)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await buffer.next() }
      group.cancelAll()
    }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for number in 0..<3 { await buffer.send(number) } }
      group.cancelAll()
    }
  }
}
