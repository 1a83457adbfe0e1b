import Testing

@testable import KISMockServer

@Test(
  "query parameters are read as forms write them",
  arguments: [
    ("CTX_AREA_NK100=2+++&A=%EA%B0%80", ["CTX_AREA_NK100=2   ", "A=가"]),
    ("key=a%2Bb&empty=&flag", ["key=a+b", "empty=", "flag="]),
    ("broken=%zz&&x=y=z", ["broken=%zz", "x=y=z"]),
    ("", []),
  ])
func formParametersAreRead(_ query: String, _ expected: [String]) {
  #expect(formParameters(query).map { "\($0.name)=\($0.value)" } == expected)
}
