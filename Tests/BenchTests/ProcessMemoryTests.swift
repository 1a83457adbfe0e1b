import Testing

@testable import kis_mock_bench

@Suite struct ProcessMemoryTests {
  @Test func readsTheKernelsStatus() throws {
    let status = "Name:\tkis-mock\nVmHWM:\t   64000 kB\nVmRSS:\t   30000 kB\nRssAnon:\t    2600 kB\n"
    let memory = try #require(ProcessMemory(status: status))
    #expect(memory.peak == 64_000 * 1_024)
    #expect(memory.resident == 30_000 * 1_024)
    #expect(memory.anonymous == 2_600 * 1_024)
  }

  @Test func isAbsentWhenAFigureIsMissing() {
    #expect(ProcessMemory(status: "VmRSS:\t 1 kB\n") == nil)
  }
}
