import Foundation
import KISWire
import Testing

@testable import KISMockServer

@Suite("The OpenAPI file")
struct AdminOpenAPITests {
  @Test("in docs is what the mock serves")
  func file() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/admin-openapi.json")
    let written = try JSONValue(parsing: Data(contentsOf: file))
    let isUpToDate = written == AdminOpenAPI.document
    #expect(
      isUpToDate,
      "write it anew: curl -s http://127.0.0.1:9443/__admin/openapi.json | python3 -m json.tool --indent 2 --no-ensure-ascii > docs/admin-openapi.json"
    )
  }

  @Test("documents every route once, and no other")
  func routes() throws {
    var documented: [String] = []
    for path in AdminOpenAPI.document["paths"]?.object?.members ?? [] {
      documented += path.value.object?.names.map { "\($0.uppercased()) \(path.name)" } ?? []
    }
    #expect(documented.sorted() == AdminRoutes.all.map { "\($0.method.rawValue) \($0.path)" }.sorted())
  }

  @Test("gives every operation a name of its own")
  func operations() {
    let names = AdminRoutes.all.map(\.operationID)
    #expect(Set(names).count == names.count)
  }

  @Test("refers only to schemas that it has")
  func references() {
    let schemas = AdminOpenAPI.document["components"]?["schemas"]?.object?.names ?? []
    let prefix = "#/components/schemas/"
    for reference in references(in: AdminOpenAPI.document) where reference.hasPrefix(prefix) {
      #expect(schemas.contains(String(reference.dropFirst(prefix.count))))
    }
  }

  private func references(in value: JSONValue) -> [String] {
    switch value {
    case .object(let object):
      object.members.flatMap { $0.name == "$ref" ? [$0.value.string ?? ""] : references(in: $0.value) }
    case .array(let elements): elements.flatMap(references)
    default: []
    }
  }
}
