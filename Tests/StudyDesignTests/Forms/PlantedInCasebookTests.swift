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
