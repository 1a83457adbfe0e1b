import Embedded

/// A scenario, recording, schema, fixture or file of the page that the program carries, so that a copied binary has them in
/// any folder.
package struct ShippedFile: Sendable {
  /// Its path in the project: `scenarios/token-expiry.yaml`.
  package let name: String
  private let index: Int

  /// Every file that is carried.
  package static let all: [ShippedFile] = (0..<embedded_file_count).map { index in
    ShippedFile(name: String(cString: embedded_file(index).name), index: index)
  }

  /// The file of a path in the project; nil when none is carried.
  package static func named(_ name: String) -> ShippedFile? { all.first { $0.name == name } }

  /// The files of a folder: `fixtures/pytest`.
  package static func files(in folder: String) -> [ShippedFile] { all.filter { $0.name.hasPrefix("\(folder)/") } }

  /// Its name without folders.
  package var fileName: String { name.split(separator: "/").last.map(String.init) ?? name }

  /// What the file held when the program was built.
  package var bytes: [UInt8] {
    let file = embedded_file(index)
    return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// The same as text; what is carried is UTF-8, which a test sees to.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
