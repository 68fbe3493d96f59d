// What befell single participants besides what the course says: a table by key of the story.

extension Story {
  /// The illnesses of this participant.
  var illnesses: [Toxicity] { Self.illnessTable[key] ?? [] }

  private static let illnessTable: [String: [Toxicity]] = [
    "A2": [
      Toxicity(
        name: "licats", words: "Painful swelling and redness of fingers and hands, gone again",
        term: "Skin and subcutaneous tissue disorders - Other, specify",
        specified: "Local reaction of the skin (LICATS)",
        interest: "LICATS", onset: 12, grades: [(12, 2)], end: 19, causes: [.product],
        narrative:
          "Edema of the skin where it was thick, with the expansion of the cells; no new organ.",
        outcome: "Gone in a week.",
        details: [
          "LICORGAN": "SKIN",
          "LICWHY": "Began with the highest count of CAR-T copies, at sites of the disease, no flare.",
        ])
    ],
    "A3": [
      Toxicity(
        name: "licats", words: "Muscle pain with a rise of creatine kinase", term: "Myositis",
        interest: "LICATS", onset: 9, grades: [(9, 2)], end: 17, causes: [.product],
        narrative: "Pain in both thighs, creatine kinase doubled.",
        outcome: "Creatine kinase fell after five days, then below that of before.",
        details: ["LICORGAN": "MUSCLE", "LICWHY": "With the highest count of CAR-T copies; strength did not fall."])
    ],
    "A5": [
      Toxicity(
        name: "infusionReaction", words: "Chills during the infusion", term: "Infusion related reaction",
        interest: "INFUSION REACTION", onset: 0, grades: [(0, 1)], end: 0, causes: [.product],
        narrative: "Chills at 18 mL, 37.9 °C; paracetamol, the infusion resumed after eight minutes."),
      Toxicity(
        name: "enterocolitis", words: "Watery diarrhea, up to nine times a day", term: "Enterocolitis",
        interest: "ENTEROCOLITIS", onset: 131, grades: [(131, 2), (134, 3), (147, 2), (158, 1)], end: 168,
        seriousness: .hospitalization, causes: [.product],
        narrative:
          "Admitted with dehydration. Stool is examined for bacteria, Clostridioides difficile and viruses; a biopsy is "
          + "planned.",
        followUp: (
          140,
          "Stool cultures, Clostridioides difficile and CMV negative. Biopsy of the colon on Day 136: CD8-positive "
            + "infiltrate, CAR-T copies in the tissue. Budesonide since Day 136."
        ), outcome: "Better over three weeks.",
        details: ["ENTBIOPSY": "Apoptotic crypts, CD8-positive T cells; CAR-T copies found.", "ENTCART": "true"]),
    ],
    "A6": [
      Toxicity(
        name: "influenza", words: "Influenza A with pneumonia", term: "Lung infection", interest: "INFECTION",
        onset: 24,
        grades: [(24, 2), (26, 3), (29, 2)], end: 34, seriousness: .hospitalization,
        causes: [.product, .lymphodepletion],
        narrative:
          "Fever and cough at home, admitted for oxygen; influenza A in the throat swab, infiltrate on the left. "
          + "Oseltamivir and ampicillin/sulbactam are given.",
        outcome: "Off oxygen after three days, discharged after eight.",
        details: [
          "INFSITE": "Lung", "INFORG": "Influenza A virus", "INFHOW": "PCR", "INFOPP": "false",
          "INFTREAT": "INTRAVENOUS",
          "INFIGG": "6.4", "INFNEUT": "2.1",
        ])
    ],
    "A7": [
      Toxicity(
        name: "zoster", words: "Shingles at the chest, right", term: "Shingles", interest: "INFECTION", onset: 153,
        grades: [(153, 2)], end: 171, causes: [.product],
        narrative: "Aciclovir had been left out for two weeks; valaciclovir is given.",
        outcome: "Healed without pain.",
        details: [
          "INFSITE": "Skin", "INFORG": "Varicella zoster virus", "INFHOW": "CLINICAL", "INFOPP": "true",
          "INFTREAT": "ORAL", "INFIGG": "5.9", "INFNEUT": "2.9",
        ])
    ],
    "A8": [
      Toxicity(
        name: "accident", words: "Road traffic accident",
        term: "Injury, poisoning and procedural complications - Other, specify",
        specified: "Polytrauma", onset: 184, grades: [(184, 5)], end: 184, seriousness: .death, causes: [],
        narrative: "Hit by a car as a pedestrian; died at the scene. Not related, as the site reports.")
    ],
    "A9": [
      Toxicity(
        name: "pneumonia", words: "Pneumonia of the right lower lobe", term: "Lung infection", interest: "INFECTION",
        onset: 104, grades: [(104, 3), (110, 2)], end: 119, seriousness: .hospitalization, causes: [.product],
        narrative:
          "Fever, cough and oxygen need; infiltrate of the right lower lobe. Blood cultures are taken, ceftriaxone is given. "
          + "IgG 4.1 g/L at admission.",
        followUp: (107, "Streptococcus pneumoniae in the blood culture of Day 104."),
        outcome: "Ceftriaxone for ten days; discharged after nine.",
        details: [
          "INFSITE": "Lung", "INFORG": "Streptococcus pneumoniae", "INFHOW": "CULTURE", "INFOPP": "false",
          "INFTREAT": "INTRAVENOUS", "INFIGG": "4.1", "INFNEUT": "2.6",
        ])
    ],
    "A4": [
      Toxicity(
        name: "headache", words: "Headache after the lumbar puncture", term: "Headache", onset: 8, grades: [(8, 1)],
        end: 11, causes: [.procedure], narrative: "Better on lying down; caffeine.")
    ],
  ]
}
