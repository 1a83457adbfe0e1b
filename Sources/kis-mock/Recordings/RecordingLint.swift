import KISRecording
import KISScenario
import KISWire

/// What `lint` says of a recording: what looks like a secret in it.
enum RecordingLint {
  /// Whether a file is a recording and no scenario.
  static func concerns(_ file: String) -> Bool {
    do {
      _ = try RecordingReader(path: file)
      return true
    } catch {
      return file.hasSuffix(".jsonl") || error.code == .newerVersion
    }
  }

  static func findings(in file: String) -> [LintFinding] {
    do {
      let lint = try SecretLint(RecordingReader(path: file))
      if lint.isTruncated { warnOfCut(file) }
      var findings = lint.findings.map { finding in
        let what = finding.kind.map { "looks like a secret (\($0))" } ?? "is as random as a key"
        return LintFinding(
          .warning, at: FilePosition(file: file, line: finding.line.number, column: 1),
          "\(finding.excerpt) \(what); `kis-mock redact` replaces it")
      }
      if lint.count > lint.findings.count {
        findings.append(
          LintFinding(
            .warning, at: FilePosition(file: file, line: 1, column: 1),
            "and \(lint.count - lint.findings.count) more of the kind"))
      }
      if lint.ciphertexts > 0 {
        findings.append(
          LintFinding(
            .warning, at: FilePosition(file: file, line: 1, column: 1),
            "\(lint.ciphertexts) notices are still encrypted: nobody can say what is in them"))
      }
      return findings
    } catch {
      let known = error as? RecordingError
      let position = FilePosition(file: file, line: known?.line?.number ?? 1, column: known?.column ?? 1)
      return [LintFinding(.error, at: position, known?.reason ?? "\(error)")]
    }
  }
}
