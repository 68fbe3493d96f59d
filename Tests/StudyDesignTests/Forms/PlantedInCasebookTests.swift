import CQL
import Foundation
import Rules
import Testing

@testable import StudyDesign

struct PlantedInCasebookTests {
  @Test func `the fixture has no problems, and its forms are compiled`() throws {
    try CasebookFixture.withCopy { copy in
      try CasebookFixture.complete(copy)
      let study = try StudyChecker.tested.read(copy.path)
      #expect(study.forms.prefix(2).map(\.id) == ["measures", "pregnancy"])
      #expect(study.formProgram.libraries.contains { $0.name == "Form_measures" })
      #expect(!study.program.libraries.contains { $0.name == "Form_measures" })
    }
  }

  @Test(arguments: PlantedMistake.inForms + PlantedMistake.inSchedule)
  func `a mistake planted in the casebook is refused with its place and its cure`(_ mistake: PlantedMistake) throws {
    let said = try CasebookFixture.withCopy { copy in
      try mistake.plant(in: copy)
      return CasebookFixture.quickProblems(copy).map(\.description)
    }
    #expect(said == mistake.says)
  }

  @Test func `a form without items is refused`() throws {
    let said = try CasebookFixture.withCopy { copy in
      try """
      id: empty
      title: Empty
      domain: XX
      occurs: log
      source: hospitalRecord
      provisional: registry-fields
      items: []

      """.write(to: copy.appending(path: "forms/empty.yaml"), atomically: true, encoding: .utf8)
      return CasebookFixture.quickProblems(copy).map(\.description)
    }
    #expect(said == ["forms/empty.yaml:7:8: error: The form ‘empty’ asks nothing. Give it items. [no-items]"])
  }

  @Test func `what is graded and no form asks for is refused`() throws {
    let mistake = PlantedMistake(
      "analyte that no form asks for", in: "forms/chemistry.yaml", replace: "    concept: ggt\n", with: "",
      says: "safety.yaml:104:26: error: No form asks for ‘ggt’: nothing could be graded. Add an item with this concept "
        + "to a form, or remove the line. [never-asked]")
    let said = try StudyOnDisk.withCopy { copy in
      try mistake.plant(in: copy)
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(said == mistake.says)
  }

  @Test(arguments: PlantedMistake.inExpressions)
  func `a mistake in an expression is told at its place in the form's file`(_ mistake: PlantedMistake) throws {
    let said = try CasebookFixture.withCopy { copy in
      try CasebookFixture.complete(copy)
      try mistake.plant(in: copy)
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(said == mistake.says)
  }
}
