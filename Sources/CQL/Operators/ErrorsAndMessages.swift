// Messages to whoever runs the evaluation.
//
// Source: HL7 CQL 1.5, Appendix B, "Errors and Messaging".

extension Operator {
  static let messages: [Operator] = [
    Operator(
      "Message", spec: "09-b-cqlreference.html#message",
      examples: [
        ("Message(1, true, '100', 'Warning', 'Look')", "1"), ("Message(1, false, '100', 'Error', 'Stop')", "1"),
      ],
      overloads: [
        .general([.variable("T"), .boolean, .string, .string, .string], .variable("T")) {
          (values, environment) throws(EvaluationError) in
          guard case .boolean(true) = values[1] else { return values[0] }
          let code = String(values[2]) ?? ""
          let severity = String(values[3]) ?? "Message"
          let text = String(values[4]) ?? ""
          if severity == "Error" { throw EvaluationError(code.isEmpty ? text : "\(code): \(text)") }
          environment.message(severity, code, text)
          return values[0]
        }
      ])
  ]
}
