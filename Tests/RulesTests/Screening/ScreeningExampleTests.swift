import Rules
import StudyDesign
import Testing

struct ScreeningExampleTests {
  @Test(arguments: Examples.names)
  func `an example gives the expected verdict for every criterion and no other`(_ name: String) throws {
    let expected = try #require(try Examples.expected()[name])
    let assessment = try Candidate(name).assessment()
    let outcomes = Dictionary(
      uniqueKeysWithValues: assessment.criteria.map { ($0.criterion.id, $0.outcome.rawValue) })
    #expect(outcomes == expected.criteria)
    #expect(assessment.verdict.rawValue == expected.verdict)
  }

  @Test(arguments: Examples.names)
  func `the closures and the explaining interpreter agree`(_ name: String) throws {
    let candidate = try Candidate(name)
    let explained = Dictionary(
      uniqueKeysWithValues: try candidate.assessment().criteria.map { ($0.criterion.id, $0.outcome) })
    #expect(try candidate.outcomes() == explained)
  }

  @Test func `evidence names the source, the value in its unit and the value in the unit of the criterion`() throws {
    var candidate = try Candidate("01-sle-base.json")
    for (index, concept) in try candidate.observations(where: { $0 == "hemoglobin" }) {
      var resource = try #require(candidate.entries[index]["resource"] as? [String: Any])
      resource["valueQuantity"] = ["value": 6.2, "system": "http://unitsofmeasure.org", "code": "g/dL", "unit": "g/dL"]
      resource["referenceRange"] = nil
      candidate.entries[index]["resource"] = resource
      let source = try #require(candidate.entries[index]["fullUrl"] as? String)
      let evidence = try #require(
        try candidate.assessment().criteria.first { $0.criterion.id == "INC-5.1" }?.evidence.first {
          $0.concept == concept
        })
      #expect(evidence.value == "6.2 g/dL")
      #expect(evidence.converted == "62 g/L")
      #expect(evidence.source == source)
    }
  }

  @Test func `what is missing is named, and what to obtain next would decide`() throws {
    let complete = try Candidate("01-sle-base.json")
    let platelets = try complete.observations { $0 == "platelets" || $0 == "excludedMalignancy" }
    let assessment = try complete.without(Set(platelets.map(\.index))).assessment()
    #expect(assessment.verdict == .undetermined)
    let missing = Dictionary(uniqueKeysWithValues: assessment.criteria.map { ($0.criterion.id, $0.missing) })
    #expect(missing["INC-5.1"] == ["platelets"])
    #expect(missing["EXC-1"] == ["excludedMalignancy"])
    #expect(assessment.next.map(\.concept) == ["platelets", "excludedMalignancy"])
    #expect(assessment.next.map(\.decides) == [["INC-5.1"], ["EXC-1"]])
  }

  @Test(
    arguments: [
      (
        "01-sle-base.json", ["platelets", "excludedMalignancy"], ["excludedMalignancy"],
        ["excludedMalignancy", "platelets"]
      ),
      ("01-sle-base.json", ["platelets", "excludedMalignancy"], [], ["platelets", "excludedMalignancy"]),
      (
        "04-ss-base.json", ["stimulatedSalivaryFlow", "unstimulatedSalivaryFlow"], ["unstimulatedSalivaryFlow"],
        ["unstimulatedSalivaryFlow"]
      ),
      (
        "04-ss-base.json", ["stimulatedSalivaryFlow", "unstimulatedSalivaryFlow"], ["stimulatedSalivaryFlow"],
        ["stimulatedSalivaryFlow"]
      ),
    ] as [(String, [String], Set<String>, [String])])
  func `what is due already by the schedule is preferred, and comes first of what to obtain`(
    _ name: String, _ missing: [String], _ due: Set<String>, _ next: [String]
  ) throws {
    let complete = try Candidate(name)
    let reduced = complete.without(Set(try complete.observations { missing.contains($0) }.map(\.index)))
    let assessment = try Examples.screening.get().screen(
      try reduced.record(), asOf: reduced.asOf, cohorts: [reduced.cohort], due: due
    ).assessments[0]
    #expect(assessment.next.map(\.concept) == next)
  }

  @Test func `a recorded total that its items contradict is reported`() throws {
    let name = "01-sle-base.json"
    let notes = try Candidate(name).assessment().criteria.flatMap(\.notes)
    #expect(notes.isEmpty)
    var candidate = try Candidate(name)
    let items = try Examples.study.get().dictionary.concepts.filter { $0.instrument == "sledai2k" }
    let (index, _) = try #require(try candidate.observations { $0 == "sledai2k" }.first)
    var resource = try #require(candidate.entries[index]["resource"] as? [String: Any])
    resource["valueInteger"] = 20
    resource["component"] = items.map { item -> [String: Any] in
      [
        "code": ["coding": [["system": "urn:tandem:concept", "code": item.id]]],
        "valueBoolean": ["sledaiArthritis", "sledaiRash", "sledaiProteinuria"].contains(item.id),
      ]
    }
    candidate.entries[index]["resource"] = resource
    let result = try #require(try candidate.assessment().criteria.first { $0.criterion.id == "INC-3.1.3" })
    #expect(result.outcome == .pass)
    #expect(result.notes.count == 1)
    #expect(result.notes.first?.contains("The recorded total of sledai2k is 20, its items give 10") == true)
    #expect(result.evidence.map(\.value) == ["10 by its items (20 recorded)"])
    #expect(result.reason.contains("(sledai2k 10 by its items (20 recorded), "))
  }
}
