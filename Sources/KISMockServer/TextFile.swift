import Foundation

/// A text file that a person wrote: a scenario, codes, options.
package struct TextFile {
  /// What it says, without a byte order mark.
  package let text: String

  /// - Parameter isKorean: whether it may be CP949 as well, as the broker's own files are.
  /// - Throws: ``TextFileError`` when there is no such file, or when it holds no text.
  package init(_ path: String, isKorean: Bool = false) throws(TextFileError) {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .isDirectoryKey]) else {
      throw TextFileError(path: path, reason: "there is no such file")
    }
    if values.isDirectory == true { throw TextFileError(path: path, reason: "is a folder, not a file") }
    // Opening a pipe would wait for somebody to write to it.
    guard values.isRegularFile == true else { throw TextFileError(path: path, reason: "is not a regular file") }
    guard let data = try? Data(contentsOf: url) else {
      throw TextFileError(path: path, reason: "cannot be opened; is it yours to read?")
    }
    if isKorean, String(validating: data, as: UTF8.self) == nil {
      guard let text = String(data: data, encoding: .cp949) else {
        throw TextFileError(path: path, reason: "is neither CP949 nor UTF-8 text")
      }
      self.text = text
      return
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw TextFileError(path: path, reason: "is not UTF-8 text, from line \(line + 1) on")
    }
    self.text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
  }
}

/// Why a text file cannot be read.
package struct TextFileError: Error, CustomStringConvertible {
  package let path: String
  /// What follows the path in a sentence.
  package let reason: String

  package var description: String { "\(path): \(reason)" }
}

extension String.Encoding {
  /// Korean as Windows writes it, EUC-KR with more syllables: kCFStringEncodingDOSKorean.
  fileprivate static let cp949 = String.Encoding(rawValue: 0x8000_0422)
}
