import Foundation
import StudyDesign

extension ConductPlan {
  /// A plan with usual numbers. Tests of a rule change what they need.
  static let example = known { try JSONDecoder().decode(ConductPlan.self, from: Data(text.utf8)) }

  private static let text = """
    {
    "way": {
      "slots": 12,
      "slotFreedBeforeInfusion": true,
      "eligibilityValidDays": 28,
      "rescreenings": 1,
      "collectionAttemptDays": 1,
      "infectionMarkersValidDays": 30,
      "furtherCollections": 1,
      "longWaitDays": 90,
      "longWaitCriteria": ["INC-5.1", "INC-5.2", "INC-5.3", "INC-5.4", "INC-5.5", "INC-5.6", "EXC-9", "EXC-12", "EXC-16"],
      "bridging": ["GC", "hydroxychloroquine", "ivig", "bloodTransfusion", "plasmaExchange"],
      "lymphodepletionDays": 3,
      "lymphodepletionAgents": [
        {"concept": "fludarabine", "lowestDose": "25", "highestDose": "30", "unit": "mg/m2", "renalSteps": [{"clearanceFrom": 80, "percent": 100}, {"clearanceFrom": 50, "percent": 80}, {"clearanceFrom": 30, "percent": 60}]},
        {"concept": "cyclophosphamide", "lowestDose": "300", "highestDose": "500", "unit": "mg/m2", "renalSteps": []}
      ],
      "infusionAfterLastDose": [2, 14],
      "infusionReasonFromDay": 8,
      "repeatedLymphodepletions": 1,
      "repeatNotBeforeDays": 21,
      "dayZeroAfterFirstDose": 5,
      "neverInfusedFollowUpDays": 30,
      "contactAttempts": 3,
      "readinessValidHours": 24,
      "bedsideValidMinutes": 30,
      "tocilizumabDoses": 2,
      "lastVisit": "M24",
      "lastVisitFromDay": 700
    },
    "recheck": {
      "leukapheresis": {"criteria": ["INC-5.1", "INC-5.6", "INC-8", "EXC-4", "EXC-10", "EXC-16", "EXC-18", "EXC-20"], "validHours": 72, "valuesValidDays": 28, "valuesValidDaysByConcept": {}, "findings": []},
      "lymphodepletion": {"criteria": ["INC-5.1", "INC-5.2", "INC-5.3", "INC-5.4", "INC-5.5", "INC-5.6", "INC-7", "INC-8", "EXC-2", "EXC-4", "EXC-5", "EXC-6", "EXC-7", "EXC-10", "EXC-13", "EXC-16", "EXC-17", "EXC-18", "EXC-20"], "validHours": 72, "valuesValidDays": 7, "valuesValidDaysByConcept": {"lvef": 90, "pericardialEffusion": 90}, "findings": []},
      "infusion": {"criteria": ["INC-5.4", "INC-5.6", "INC-8", "EXC-2", "EXC-5", "EXC-10", "EXC-13", "EXC-16", "EXC-20"], "validHours": 24, "valuesValidDays": 2, "valuesValidDaysByConcept": {}, "findings": ["noFever48h", "noVasopressor"], "valuesValidHours": 48}
    },
    "findings": [
      {"id": "infectionMarkersCurrent", "title": "HBsAg, anti-HBc, anti-HCV, anti-HIV and syphilis tested in the last 30 days", "library": "Gates", "definition": "infectionMarkersCurrent", "concepts": ["hbsAg", "antiHbc", "hcvAb", "hivAb", "syphilisRprTrust", "syphilisRprTrustTiter"]},
      {"id": "notPregnant", "title": "Not pregnant (negative test in the last 7 days, or none needed)", "library": "Gates", "definition": "notPregnant", "concepts": ["sex", "childbearingPotential", "pregnancyTest", "pregnant"]},
      {"id": "washOutKept", "title": "Wash-out of bridging kept (at most 10 mg a day of prednisone equivalent in the 7 days before LD 1, no plasma exchange in the last 3)", "library": "Gates", "definition": "washOutKept", "concepts": ["GC", "plasmaExchange", "treatmentHistoryComplete"]},
      {"id": "baselineInstrument", "title": "Activity instrument of the cohort at baseline", "library": "Gates", "definition": "baselineInstrument", "concepts": ["sledai2k", "mrss", "fvcPercentPredicted", "mmt8", "patientGlobalVas", "physicianGlobalVas", "extramuscularVas", "haqDi", "ck", "aldolase", "ldh", "ast", "alt", "essdai", "hemoglobin", "bilirubinTotal", "haptoglobin", "reticulocyteCount", "reticulocytePercent", "edss"]},
      {"id": "baselineICE", "title": "ICE score at baseline", "library": "Gates", "definition": "baselineICE", "concepts": ["iceScore"]},
      {"id": "baselineWeight", "title": "Weight at baseline", "library": "Gates", "definition": "baselineWeight", "concepts": ["bodyWeight"]},
      {"id": "bodyHeight", "title": "Height, for the body surface", "library": "Gates", "definition": "bodyHeight", "concepts": ["bodyHeight"]},
      {"id": "renalFunction", "title": "Creatinine clearance by Cockcroft-Gault, for the dose of fludarabine", "library": "Gates", "definition": "renalFunction", "concepts": ["creatinineClearanceCg", "creatinine", "bodyWeight", "birthDate", "sex"]},
      {"id": "hepatitisBMarkersNegative", "title": "HBsAg and anti-HBc negative", "library": "Gates", "definition": "hepatitisBMarkersNegative", "concepts": ["hbsAg", "antiHbc"]},
      {"id": "weightSinceFirstDose", "title": "Weight measured since LD 1", "library": "Gates", "definition": "weightSinceFirstDose", "concepts": ["bodyWeight"]},
      {"id": "noFever48h", "title": "No fever for 48 hours (no body temperature above 38.0 Cel, measured on both days)", "library": "Gates", "definition": "noFever48h", "concepts": ["bodyTemperature"]},
      {"id": "noVasopressor", "title": "No vasopressor in the last 24 hours", "library": "Gates", "definition": "noVasopressor", "concepts": ["vasopressorCount", "vasopressinUse"]},
      {"id": "iceAndVitalsWithin8h", "title": "ICE score and vital signs in the last 8 hours", "library": "Gates", "definition": "iceAndVitalsWithin8h", "concepts": ["iceScore", "bodyTemperature", "heartRate", "respiratoryRate", "systolicBloodPressure", "oxygenSaturation"]},
      {"id": "noGlucocorticoid72h", "title": "No systemic glucocorticoid above 10 mg a day of prednisone equivalent for 72 hours, but for replacement", "library": "Gates", "definition": "noGlucocorticoid72h", "concepts": ["GC", "adrenalInsufficiency", "treatmentHistoryComplete"]}
    ],
    "product": {
      "steps": [
        {"id": "labelled", "title": "Labels put on by two people at the chairside", "subject": "collection", "place": "site", "after": [], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "allowed", "final": false},
        {"id": "collected", "title": "Collection completed", "subject": "collection", "place": "site", "after": ["labelled"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "packed", "title": "Packed for transport", "subject": "collection", "place": "site", "after": ["collected"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["2", "8"]},
        {"id": "pickedUp", "title": "Picked up by the courier", "subject": "collection", "place": "transport", "after": ["packed"], "frozenOnly": false, "handOver": true, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "receivedAtManufacturing", "title": "Received at manufacturing", "subject": "collection", "place": "laboratory", "after": ["pickedUp"], "frozenOnly": false, "handOver": true, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["2", "8"]},
        {"id": "accepted", "title": "Starting material accepted", "subject": "collection", "place": "laboratory", "after": ["receivedAtManufacturing", "materialFrozen"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "materialFrozen", "title": "Starting material frozen", "subject": "collection", "place": "laboratory", "after": ["receivedAtManufacturing", "accepted"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"]},
        {"id": "materialThawed", "title": "Starting material thawed", "subject": "collection", "place": "laboratory", "after": ["materialFrozen", "accepted"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "manufacturingStarted", "title": "Manufacturing started", "subject": "lot", "place": "laboratory", "after": ["accepted", "materialThawed"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "harvested", "title": "Cells harvested", "subject": "lot", "place": "laboratory", "after": ["manufacturingStarted"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "filled", "title": "Filled into bags", "subject": "bag", "place": "laboratory", "after": ["harvested", "filled", "cryopreserved"], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "allowed", "final": false},
        {"id": "cryopreserved", "title": "Cryopreserved", "subject": "bag", "place": "laboratory", "after": ["filled", "cryopreserved"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"]},
        {"id": "tested", "title": "Release tests complete", "subject": "lot", "place": "laboratory", "after": ["filled", "cryopreserved"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "released", "title": "Released by quality assurance", "subject": "lot", "place": "laboratory", "after": ["tested"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "shipped", "title": "Shipped to the site", "subject": "bag", "place": "transport", "after": ["released", "shipped"], "frozenOnly": false, "handOver": true, "twoPeople": false, "inQuarantine": "barred", "final": false, "temperature": ["-196", "-120"], "freshTemperature": ["2", "8"]},
        {"id": "receivedAtSite", "title": "Received and inspected at the site", "subject": "bag", "place": "site", "after": ["shipped"], "frozenOnly": false, "handOver": true, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"], "freshTemperature": ["2", "8"]},
        {"id": "stored", "title": "Stored at the site", "subject": "bag", "place": "site", "after": ["receivedAtSite", "takenOut"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"], "freshTemperature": ["2", "8"]},
        {"id": "takenOut", "title": "Taken out of storage", "subject": "bag", "place": "site", "after": ["stored"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false, "temperature": ["-196", "-120"], "freshTemperature": ["2", "8"]},
        {"id": "thawed", "title": "Thawed", "subject": "bag", "place": "site", "after": ["takenOut"], "frozenOnly": true, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false, "temperature": ["35", "39"]},
        {"id": "bedsideVerified", "title": "Verified at the bedside by two people", "subject": "bag", "place": "site", "after": ["thawed", "takenOut", "bedsideVerified"], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "barred", "final": false},
        {"id": "infusionStarted", "title": "Infusion started", "subject": "bag", "place": "site", "after": ["bedsideVerified"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "infusionPaused", "title": "Infusion paused", "subject": "bag", "place": "site", "after": ["infusionStarted", "infusionResumed"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "infusionResumed", "title": "Infusion resumed", "subject": "bag", "place": "site", "after": ["infusionPaused"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "barred", "final": false},
        {"id": "infusionStopped", "title": "Infusion stopped", "subject": "bag", "place": "site", "after": ["infusionStarted", "infusionPaused", "infusionResumed"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": false},
        {"id": "infused", "title": "Infused", "subject": "bag", "place": "site", "after": ["infusionStopped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": true},
        {"id": "infusedInPart", "title": "Infused in part", "subject": "bag", "place": "site", "after": ["infusionStopped"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": true},
        {"id": "destroyed", "title": "Destroyed, as consent and custody rules allow", "subject": "bag", "place": "wherever", "after": ["filled", "cryopreserved", "tested", "released", "receivedAtSite", "stored", "takenOut", "thawed", "bedsideVerified", "infusionStopped", "retained", "returned"], "frozenOnly": false, "handOver": false, "twoPeople": true, "inQuarantine": "allowed", "final": true},
        {"id": "retained", "title": "Retained", "subject": "bag", "place": "laboratory", "after": ["filled", "cryopreserved", "tested", "released", "returned"], "frozenOnly": false, "handOver": false, "twoPeople": false, "inQuarantine": "allowed", "final": true},
        {"id": "returned", "title": "Returned to the laboratory", "subject": "bag", "place": "transport", "after": ["receivedAtSite", "stored", "takenOut"], "frozenOnly": false, "handOver": true, "twoPeople": false, "inQuarantine": "allowed", "final": true, "temperature": ["-196", "-120"], "freshTemperature": ["2", "8"]}
      ],
      "tests": [
        {"id": "dose", "title": "CAR-positive viable cells, per kg", "kind": "quantity", "exceptional": true, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "{cells}/kg", "low": "100000", "high": "300000"},
        {"id": "viability", "title": "Viability", "kind": "quantity", "exceptional": true, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "%", "low": "70"},
        {"id": "identity", "title": "Identity (CD3-positive cells)", "kind": "quantity", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "%", "low": "70"},
        {"id": "transduction", "title": "Transduction efficiency (CAR-positive among viable CD3-positive cells)", "kind": "quantity", "exceptional": true, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "%", "low": "10"},
        {"id": "vectorCopyNumber", "title": "Vector copy number", "kind": "quantity", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "{copies}/{cell}", "high": "5"},
        {"id": "sterility", "title": "Sterility", "kind": "negative", "exceptional": false, "interim": true, "interimNeeds": ["gramStain"], "source": "assumption, no source"},
        {"id": "gramStain", "title": "Gram stain", "kind": "negative", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source"},
        {"id": "mycoplasma", "title": "Mycoplasma", "kind": "negative", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source"},
        {"id": "endotoxin", "title": "Endotoxin", "kind": "quantity", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source", "unit": "[EU]/mL", "high": "5"},
        {"id": "replicationCompetentVector", "title": "Replication-competent vector", "kind": "negative", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source"},
        {"id": "appearance", "title": "Appearance and container", "kind": "conforms", "exceptional": false, "interim": false, "interimNeeds": [], "source": "assumption, no source"}
      ],
      "smallestYield": "600",
      "yieldUnit": "10*6",
      "yieldOf": "CD3-positive cells",
      "freshExpiryHours": 48,
      "freshProductHours": 24,
      "frozenExpiryDays": 365,
      "thawToStartMinutes": 30,
      "thawToEndMinutes": 60,
      "smallestDosePerKg": "100000",
      "largestDosePerKg": "300000",
      "largestDose": "30000000"
    },
    "safety": {
      "staggerDaysFirst": [28, 28, 28],
      "staggerDaysLater": 14,
      "doseLimitingWindowDays": 28,
      "expectedCytopeniaDays": 28,
      "dltAnswerHours": 72,
      "boardReviewsAfter": [3, 6, 9],
      "boardMembers": 3,
      "boardStatisticians": 1,
      "boardQuorum": 2,
      "boardQuorumOf": 3,
      "boardEveryMonths": 6,
      "boardAfterHoldDays": 7,
      "boardOnParticipantHours": 24,
      "stopping": {"rate": "0.30", "probability": "0.80", "priorA": "0.5", "priorB": "0.5", "fromEvaluable": 3},
      "stopEvents": [
        {"id": "earlyDeath", "title": "Death after infusion or LD 1, whatever its cause", "withinDays": 28},
        {"id": "relatedDeath", "title": "Later death related to product, lymphodepletion, leukapheresis or procedure"},
        {"id": "persistentGrade4", "title": "CRS or ICANS of grade 4 not down to grade 2", "withinDays": 7},
        {"id": "twoEarlyToxicities", "title": "A dose-limiting toxicity in two of the first three"},
        {"id": "replicationCompetentVector", "title": "Replication-competent vector confirmed"},
        {"id": "carPositiveMalignancy", "title": "A CAR-positive malignancy"},
        {"id": "infusionOutsideGate", "title": "An infusion outside the gate"}
      ],
      "clocks": [
        {"id": "siteToSponsor", "title": "SAE, death, AESI of grade 3 or more, wrong or contaminated product, from site to sponsor", "starts": "anybody at the site is aware", "hours": 24},
        {"id": "pregnancyToSponsor", "title": "Pregnancy of a participant or partner, from site to sponsor", "starts": "anybody at the site is aware", "hours": 24},
        {"id": "growthAfterInfusion", "title": "Growth in the final sterility test after infusion, to site and safety officer", "starts": "the result is known", "hours": 24},
        {"id": "infusionOutsideGate", "title": "Infusion outside the gate, to the sponsor", "starts": "anybody at the site is aware", "hours": 24},
        {"id": "susarFatal", "title": "SUSAR, fatal or life-threatening, to authority, ethics committee and other sites", "starts": "the sponsor is aware (day 0), or new facts make it one", "days": 7},
        {"id": "susarFatalFollowUp", "title": "Follow-up of a fatal or life-threatening SUSAR", "starts": "its first report is due", "days": 8},
        {"id": "susarOther", "title": "SUSAR, other, to authority, ethics committee and other sites", "starts": "the sponsor is aware (day 0), or new facts make it one", "days": 15},
        {"id": "urgentSafetyMeasure", "title": "Urgent safety measure or hold by the board, to ethics committee and authority", "starts": "the decision", "days": 7}
      ],
      "childFollowUpMonths": 12
    },
    "provisional": []
    }
    """
}
