import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// Cells.
enum ProductRoutes {
  static let all: [Route] = [
    .read(
      "/api/product", .clinicalReader, "products", in: "product", "The cells of everybody whom the reader may see.",
      query: [
        .init(
          name: "standing", schema: .choice(ProductStanding.allCases.map(\.rawValue)),
          about: "Only where they stand so."),
        .page,
      ], limit: .search, as: Readings.products
    ) { request in
      let standing = request.query.text("standing").flatMap { ProductStanding(rawValue: $0) }
      let page = Readings.Rows(try await request.people(withCells: standing), request.query)
      var rows: [ProductReading] = []
      for participant in page.rows { rows.append(try await request.product(of: participant)) }
      return Readings.Rows(total: page.total, rows: rows)
    },
    .read(
      "/api/participants/{participant}/product", .clinicalReader, "product", in: "product", "A participant's cells.",
      as: Readings.product
    ) { try await $0.product(of: try await $0.cells()) },
    .send(
      "/api/participants/{participant}/product/label", .clinicalReader, "checkLabel", in: "product",
      "Whose a label is; nothing is recorded by it.",
      body: .json(
        .object(
          name: "LabelText", about: "A label as it was scanned or typed.", [.init(name: "read", schema: .text())])),
      as: Readings.label
    ) { request in
      let participant = try await request.cells()
      return LabelCheck(request.json["read"]?.string ?? "", of: participant.id, participant.product)
    },
  ]
}

extension PageRequest {
  fileprivate func product(of participant: ParticipantState) async throws -> ProductReading {
    let edition = try await edition(of: participant.id, in: try await live.state())
    let worklist = try await worklist()
    return ProductReading(
      participant: participant, plan: edition.study.conduct.product, now: try await now(),
      next: worklist.readings(
        worklist.tasks.filter { $0.participant == participant.id && $0.kind == .takeCustodyStep }))
  }
}
