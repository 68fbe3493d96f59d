import StudyDesign

extension EventTelling {
  /// What an event of proposed grades tells.
  func told(_ event: GradeEvent) -> Told {
    switch event {
    case .confirmed(let grades):
      return Told(
        "\(Say.counted(grades.count, "proposed grade was", "proposed grades were")) confirmed",
        detail: grades.map { "\(words($0)): grade \($0.grade)" })
    case .changed(let grade, let to, let reason):
      return Told(
        "\(words(grade)): grade \(to), where \(grade.grade) was proposed. \(Say.quoted(reason))", detail: [grade.rule])
    }
  }

  private func words(_ grade: JudgedGrade) -> String {
    "\(grade.term), \(vocabulary.item(grade.item, in: grade.form)) \(grade.value) in \(vocabulary.form(grade.form))"
  }
}
