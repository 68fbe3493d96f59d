/// Whether a bound is part of its interval: known, or code that says it.
enum ClosednessCode: Sendable {
  case fixed(Bool)
  case computed(@Sendable (Frame) throws(EvaluationError) -> Bool?)

  func isClosed(_ frame: Frame) throws(EvaluationError) -> Bool? {
    switch self {
    case .fixed(let isClosed): isClosed
    case .computed(let code): try code(frame)
    }
  }
}

extension Lowering {
  func list(_ elements: [Run]) -> Compiled {
    Compiled { (frame) throws(EvaluationError) in .list(try frame.values(elements)) }
  }

  func tuple(_ names: [String], _ elements: [Run]) -> Compiled {
    Compiled { (frame) throws(EvaluationError) in
      .tuple(TupleValue(names: names, values: try frame.values(elements)))
    }
  }

  func instance(_ className: String, _ names: [String], _ elements: [Run], _ node: Node) -> Compiled {
    let type = node.type
    return typed(type) { (frame) throws(EvaluationError) in
      try Value.instance(of: type, className, names, try frame.values(elements))
    }
  }

  func interval(
    _ low: @escaping Run, _ lowClosed: ClosednessCode, _ high: @escaping Run, _ highClosed: ClosednessCode,
    _ node: Node
  ) -> Compiled {
    let pointType = node.type.pointType
    return typed(node.type) { (frame) throws(EvaluationError) in
      try Value.interval(
        try low(frame), lowClosed: try lowClosed.isClosed(frame), try high(frame),
        highClosed: try highClosed.isClosed(frame), pointType: pointType, frame.environment)
    }
  }
}

extension Frame {
  fileprivate func values(_ codes: [Run]) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(codes.count)
    for code in codes { values.append(try code(self)) }
    return values
  }
}
