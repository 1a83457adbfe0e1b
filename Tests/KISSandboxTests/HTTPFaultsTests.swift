import KISSandbox
import KISScenario
import Testing

@Suite struct HTTPFaultsTests {
  private let reply = HTTPReply(
    status: 200, reason: "OK",
    headers: [.init("Content-Type", "application/json"), .init("Content-Length", "12"), .init("tr_cont", "")],
    body: Array(#"{"rt_cd":"0"}"#.utf8.prefix(12)))

  private let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\ntr_cont: \r\n\r\n"
  private let body = #"{"rt_cd":"0""#

  private func outputs(_ name: FaultName, _ values: [String: FaultValue] = [:]) -> [FaultyOutput] {
    var generator = SeededGenerator(seed: 1)
    return HTTPFaults.apply(ConfiguredFault(name, values).http, to: reply, using: &generator)
  }

  private func bytes(_ outputs: [FaultyOutput]) -> String {
    String(
      decoding: outputs.flatMap { if case .wire(let bytes) = $0 { bytes } else { [UInt8]() } }, as: UTF8.self)
  }

  @Test func withoutFaultsTheAnswerLeavesWhole() {
    var generator = SeededGenerator(seed: 1)
    #expect(HTTPFaults.apply([], to: reply, using: &generator) == [.wire(Array((head + body).utf8))])
  }

  @Test func anotherAnswerTakesItsPlace() {
    #expect(
      bytes(outputs(.httpStatus, ["status": .number(429), "body": .text("slow")]))
        == "HTTP/1.1 429 Fault\r\nContent-Type: application/json\r\nContent-Length: 4\r\ntr_cont: \r\n\r\nslow")
    let html = bytes(outputs(.httpHTMLBody))
    #expect(html.hasPrefix("HTTP/1.1 502 Fault\r\nContent-Type: text/html\r\nContent-Length: 70\r\n"))
    #expect(html.hasSuffix("</html>"))
    #expect(bytes(outputs(.httpBrokenJSON)).hasSuffix("Content-Length: 6\r\ntr_cont: \r\n\r\n{\"rt_c"))
    #expect(bytes(outputs(.httpLowerCaseHeaders)).contains("\r\ncontent-length: 12\r\n"))
    guard case .wire(let broken) = outputs(.httpInvalidUTF8)[0] else { return }
    #expect(broken.filter { $0 == 0xFF }.count == 1)
    #expect(broken.count == (head + body).utf8.count)
  }

  @Test func lengthsLie() {
    #expect(bytes(outputs(.httpLengthTooLong)).contains("Content-Length: 22\r\n"))
    #expect(bytes(outputs(.httpLengthTooShort)).contains("Content-Length: 2\r\n"))
    #expect(bytes(outputs(.httpLengthTooShort)).hasSuffix(body))
    let chunked = bytes(outputs(.httpBadChunk))
    #expect(!chunked.contains("Content-Length"))
    #expect(chunked.hasSuffix("Transfer-Encoding: chunked\r\n\r\nchunk\r\n\(body)\r\n0\r\n\r\n"))
  }

  @Test func answersStopEarlyOrNeverCome() {
    let half = FaultyOutput.wire(Array((head + body.prefix(6)).utf8))
    #expect(outputs(.httpTruncate) == [half, .end(.finish)])
    #expect(outputs(.httpResetInBody) == [half, .end(.reset)])
    #expect(outputs(.httpReset) == [.end(.reset)])
    #expect(outputs(.httpEmptyReply) == [.end(.finish)])
    #expect(outputs(.httpNoAnswer) == [.end(.stall(nil))])
    #expect(outputs(.httpCloseAfter) == [.wire(Array((head + body).utf8)), .end(.finish)])
    #expect(outputs(.httpGarbage).last == .end(.finish))
    #expect(outputs(.httpGarbage) == outputs(.httpGarbage))
  }

  @Test func answersAreSlow() {
    #expect(outputs(.httpDelay) == [.wait(.seconds(1)), .wire(Array((head + body).utf8))])
    #expect(
      outputs(.httpDrip, ["bytes": .number(6)])
        == [
          .wire(Array(head.utf8)), .wire(Array(body.utf8.prefix(6))), .wait(.milliseconds(100)),
          .wire(Array(body.utf8.suffix(6))),
        ])
    let slow = outputs(.httpSlowHeaders)
    #expect(slow.count == head.utf8.count * 2)
    #expect(bytes(slow) == head + body)
  }
}
