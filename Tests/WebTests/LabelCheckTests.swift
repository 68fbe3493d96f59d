import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Web

/// What the scan field says of a label.
struct LabelCheckTests {
  let ours: ParticipantID
  let theirs: ParticipantID
  let identity = ChainOfIdentity(random: 7)
  let product: ProductState

  init() throws {
    ours = try ParticipantID("03-0007")
    theirs = try ParticipantID("03-0008")
    let printed = Material.collection(CollectionNumber(participant: ours, collection: 1))
    var product = ProductState()
    for event in [
      ProductEvent.identityIssued(identity), .labelsPrinted(material: printed, count: 2, reason: nil),
    ] {
      product.apply(
        Recorded(
          event, happened: Moment(Instant(milliseconds: 0)), recorded: Instant(milliseconds: 0),
          actor: Actor(account: "eva.nowak", role: "")))
    }
    self.product = product
  }

  private func collection(_ number: Int, of id: ParticipantID) -> Material {
    .collection(CollectionNumber(participant: id, collection: number))
  }

  private func check(_ text: String) -> LabelCheck { LabelCheck(text, of: ours, product) }

  @Test func `a label of this participant is known, alone and with the codes beside it`() {
    let material = collection(1, of: ours)
    #expect(check(material.description) == .own(material))
    #expect(check("\(identity) \(ours.printed) \(material)") == .own(material))
  }

  @Test func `a label of somebody else stops`() {
    let material = collection(1, of: theirs)
    #expect(check(material.description) == .other(material))
  }

  @Test func `codes of two people on one label stop`() {
    let material = collection(1, of: ours)
    #expect(check("\(theirs.printed) \(material)") == .disagrees(material))
    #expect(check("\(ChainOfIdentity(random: 8)) \(material)") == .disagrees(material))
  }

  @Test func `a number that was never issued stops`() {
    let material = collection(2, of: ours)
    #expect(check(material.description) == .notIssued(material))
  }

  @Test(arguments: ["", "03-0007", "03-0007-C1-?", "anything"])
  func `what cannot be read asks to be read again and says nothing of whose it is`(text: String) {
    #expect(check(text) == .misread)
  }
}
