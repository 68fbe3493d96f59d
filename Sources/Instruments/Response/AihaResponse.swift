extension Instrument {
  /// Response of autoimmune hemolytic anemia: complete, response (elsewhere called partial), or none.
  static let aihaResponse = Instrument(
    id: "aihaResponse", title: "Response of autoimmune hemolytic anemia",
    source: "Jäger U et al. Blood Rev 2020;41:100648",
    unverified: "All of it; above all whether a rise of exactly 2 g/dL counts, and the days without transfusion.",
    items: [
      .number("hemoglobinGPerL", "Hemoglobin, g/L", 0...1000),
      .number("hemoglobinLlnGPerL", "Lower limit of normal of hemoglobin for the sex, g/L", 0...1000),
      .number("baselineHemoglobinGPerL", "Hemoglobin before treatment and transfusion, g/L", 0...1000),
      .yesNo("ldhNormal", "LDH normal"), .yesNo("bilirubinNormal", "Bilirubin normal"),
      .yesNo("haptoglobinNormal", "Haptoglobin normal"), .yesNo("reticulocytesNormal", "Reticulocytes normal"),
      .yesNo("transfusedLast7Days", "Transfused in the last 7 days"),
    ],
    score: { answers in
      let hemoglobin = answers[span: "hemoglobinGPerL"]
      let isNormal = hemoglobin.isAtLeast(answers[span: "hemoglobinLlnGPerL"])
      let rose = (hemoglobin - answers[span: "baselineHemoglobinGPerL"]).isAbove(20)
      let untransfused = Kleene.not(answers[yesNo: "transfusedLast7Days"])
      let quiet = Kleene.and(
        ["ldhNormal", "bilirubinNormal", "haptoglobinNormal", "reticulocytesNormal"].map { answers[yesNo: $0] })
      let complete = Kleene.and([isNormal, quiet, untransfused])
      let result =
        switch (complete, Kleene.and([Kleene.or([isNormal, rose]), untransfused])) {
        case (true?, _): "completeResponse"
        case (_, false?): "noResponse"
        case (false?, true?): "response"
        default: "indeterminate"
        }
      return ["result": .text(result)]
    })
}
