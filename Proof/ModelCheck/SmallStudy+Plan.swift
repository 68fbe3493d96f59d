import Foundation
import StudyDesign
import Trial

extension SmallStudy {
  /// Its plan, read.
  static func readPlan() throws -> ConductPlan {
    try JSONDecoder().decode(ConductPlan.self, from: Data(planText.utf8))
  }

  /// Its forms, read.
  static func readBook() throws -> FormBook {
    FormBook(forms: [try JSONDecoder().decode(FormPlan.self, from: Data(deathText.utf8))])
  }

  private static let deathText = """
    {
      "id": "death", "title": "Death", "domain": "DD", "occurs": "once", "source": "thisSystem", "checks": [],
      "items": [
        {
          "id": "\(hasDied)", "label": "Died", "type": "boolean", "gives": "nothing", "units": [], "codes": [],
          "required": "never", "critical": false
        }
      ]
    }
    """

  /// Its plan. Limits are as short as they can be and still differ from one another; the order of the steps is the
  /// protocol's without its transports.
  private static let planText = """
    {
    "way": {
      "slots": 2,
      "slotFreedBeforeInfusion": true,
      "eligibilityValidDays": 2,
      "rescreenings": 1,
      "collectionAttemptDays": 1,
      "infectionMarkersValidDays": 30,
      "furtherCollections": 1,
      "longWaitDays": 60,
      "longWaitCriteria": ["INC-1"],
      "bridging": ["GC"],
      "lymphodepletionDays": 2,
      "lymphodepletionAgents": [{"concept": "fludarabine", "lowestDose": "25", "highestDose": "30", "unit": "mg/m2", "renalSteps": []}],
      "infusionAfterLastDose": [1, 3],
      "infusionReasonFromDay": 3,
      "repeatedLymphodepletions": 1,
      "repeatNotBeforeDays": 6,
      "dayZeroAfterFirstDose": 3,
      "neverInfusedFollowUpDays": 3,
      "contactAttempts": 1,
      "readinessValidHours": 20,
      "bedsideValidMinutes": 30,
      "tocilizumabDoses": 2,
      "lastVisit": "M24",
      "lastVisitFromDay": 4
    },
    "recheck": {
      "leukapheresis": {"criteria": ["INC-1"], "validHours": 30, "valuesValidDays": 2, "valuesValidDaysByConcept": {}, "findings": []},
      "lymphodepletion": {"criteria": ["INC-1"], "validHours": 30, "valuesValidDays": 2, "valuesValidDaysByConcept": {}, "findings": []},
      "infusion": {"criteria": ["INC-1"], "validHours": 20, "valuesValidDays": 2, "valuesValidDaysByConcept": {}, "findings": []}
    },
    "findings": [],
    "product": {
      "steps": [
        {"id": "labelled", "title": "labelled", "subject": "collection", "place": "site", "after": [], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "allowed", "final": false},
        {"id": "collected", "title": "collected", "subject": "collection", "place": "site", "after": ["labelled"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "accepted", "title": "accepted", "subject": "collection", "place": "laboratory", "after": ["collected"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "manufacturingStarted", "title": "manufacturingStarted", "subject": "lot", "place": "laboratory", "after": ["accepted"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "filled", "title": "filled", "subject": "bag", "place": "laboratory", "after": ["manufacturingStarted", "filled", "cryopreserved"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "cryopreserved", "title": "cryopreserved", "subject": "bag", "place": "laboratory", "after": ["filled", "cryopreserved"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "tested", "title": "tested", "subject": "lot", "place": "laboratory", "after": ["filled", "cryopreserved"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "released", "title": "released", "subject": "lot", "place": "laboratory", "after": ["tested"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "shipped", "title": "shipped", "subject": "bag", "place": "transport", "after": ["released", "shipped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "receivedAtSite", "title": "receivedAtSite", "subject": "bag", "place": "site", "after": ["shipped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"]},
        {"id": "stored", "title": "stored", "subject": "bag", "place": "site", "after": ["receivedAtSite", "takenOut"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "takenOut", "title": "takenOut", "subject": "bag", "place": "site", "after": ["stored"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "thawed", "title": "thawed", "subject": "bag", "place": "site", "after": ["takenOut"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "bedsideVerified", "title": "bedsideVerified", "subject": "bag", "place": "site", "after": ["thawed", "takenOut", "bedsideVerified"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "infusionStarted", "title": "infusionStarted", "subject": "bag", "place": "site", "after": ["bedsideVerified"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "infusionPaused", "title": "infusionPaused", "subject": "bag", "place": "site", "after": ["infusionStarted", "infusionResumed"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "infusionResumed", "title": "infusionResumed", "subject": "bag", "place": "site", "after": ["infusionPaused"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "infusionStopped", "title": "infusionStopped", "subject": "bag", "place": "site", "after": ["infusionStarted", "infusionPaused", "infusionResumed"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "infused", "title": "infused", "subject": "bag", "place": "site", "after": ["infusionStopped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": true},
        {"id": "infusedInPart", "title": "infusedInPart", "subject": "bag", "place": "site", "after": ["infusionStopped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": true},
        {"id": "destroyed", "title": "destroyed", "subject": "bag", "place": "site", "after": ["filled", "cryopreserved", "released", "receivedAtSite", "stored", "takenOut", "thawed"], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "allowed", "final": true}
      ],
      "tests": [
        {"id": "viability", "title": "viability", "kind": "quantity", "exceptional": true, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "%", "low": "70"},
        {"id": "sterility", "title": "sterility", "kind": "negative", "exceptional": false, "interim": true, "interimNeeds": ["gramStain"], "source": "assumption, no source"},
        {"id": "gramStain", "title": "gramStain", "kind": "negative", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source"}
      ],
      "smallestYield": "600",
      "yieldUnit": "10*6",
      "yieldOf": "CD3-positive cells",
      "freshExpiryHours": 48,
      "freshProductHours": 24,
      "frozenExpiryDays": 12,
      "thawToStartMinutes": 30,
      "thawToEndMinutes": 60,
      "smallestDosePerKg": "100000",
      "largestDosePerKg": "300000",
      "largestDose": "30000000"
    },
    "safety": {
      "staggerDaysFirst": [5],
      "staggerDaysLater": 2,
      "doseLimitingWindowDays": 2,
      "expectedCytopeniaDays": 28,
      "dltAnswerHours": 72,
      "boardReviewsAfter": [1],
      "boardMembers": 3,
      "boardStatisticians": 1,
      "boardQuorum": 2,
      "boardQuorumOf": 3,
      "boardEveryMonths": 6,
      "boardAfterHoldDays": 7,
      "boardOnParticipantHours": 24,
      "stopping": {"rate": "0.30", "probability": "0.80", "priorA": "0.5", "priorB": "0.5", "fromEvaluable": 3},
      "stopEvents": [],
      "clocks": [{"id": "infusionOutsideGate", "title": "Infusion outside the gate", "starts": "aware", "hours": 24}],
      "forms": {"death": {"form": "death", "items": {"died": "DTHFL"}}, "kinds": {}, "terms": {}},
      "childFollowUpMonths": 12
    },
    "provisional": ["stagger"]
    }
    """
}
