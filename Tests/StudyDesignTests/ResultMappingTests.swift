import StudyDesign
import Testing

struct ResultMappingTests {
  @Test func `a character that separates no cells is refused`() {
    let error = #expect(throws: InvalidMapping.self) {
      try ResultMapping(
        """
        separator: "|"
        participant: Participant
        visit: Visit
        sampled: Sampled
        columns:
          Hb: {concept: hemoglobin, unit: g/L}
        """, file: "mapping.yaml")
    }
    #expect(
      error?.problems.map(\.description) == [
        "mapping.yaml:1:12: error: Cells are not separated by ‘|’. Write \",\", \";\" or tab. [wrong-separator]"
      ])
  }
}
