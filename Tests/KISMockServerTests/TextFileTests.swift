import Foundation
import Testing

@testable import KISMockServer

@Suite("A text file")
struct TextFileTests {
  private func text(_ bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    return try TextFile(file.path).text
  }

  @Test("says the same with a byte order mark, as Windows writes it")
  func byteOrderMark() throws {
    #expect(try text(Array("\u{FEFF}industry,0129,새 업종\r\n".utf8)) == "industry,0129,새 업종\r\n")
    #expect(try text([]) == "")
  }

  @Test("that is no text says from which line on")
  func invalid() throws {
    let error = try #require(throws: TextFileError.self) { try text(Array("a\n한\n".utf8) + [0xFF, 0x0A]) }
    #expect(error.reason == "is not UTF-8 text, from line 3 on")
  }

  @Test(
    "that cannot be read says why",
    arguments: [("/nowhere", "there is no such file"), ("/tmp", "is a folder"), ("/dev/null", "is not a regular file")])
  func unreadable(_ path: String, _ reason: String) throws {
    let error = try #require(throws: TextFileError.self) { try TextFile(path) }
    #expect(error.description.hasPrefix("\(path): \(reason)"))
  }
}
