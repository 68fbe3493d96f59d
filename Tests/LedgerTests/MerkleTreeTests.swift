import Ledger
import LedgerTesting
import Testing

struct MerkleTreeTests {
  /// The leaves of the reference tests of certificate-transparency.
  static let inputs: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  ]
  static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `roots are those of the reference tree, at every size`() {
    for size in 0...8 {
      let root = MerkleTree.root(of: Self.inputs.prefix(size).map(MerkleTree.leaf))
      #expect("\(root)" == Self.roots[size])
    }
  }

  @Test func `proofs are those of the reference tree`() throws {
    let leaves = Self.inputs.map(MerkleTree.leaf)
    #expect(MerkleTree.inclusionProof(of: 0, in: Array(leaves.prefix(1))) == [])
    #expect(
      MerkleTree.inclusionProof(of: 0, in: leaves)?.map(\.description) == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ])
    #expect(
      MerkleTree.inclusionProof(of: 5, in: leaves)?.map(\.description) == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ])
    #expect(
      MerkleTree.consistencyProof(from: 6, in: leaves)?.map(\.description) == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ])
  }

  /// The definition of RFC 6962, word for word.
  static func plainRoot(_ leaves: ArraySlice<[UInt8]>) -> Digest {
    guard leaves.count > 1 else { return leaves.first.map(MerkleTree.leaf) ?? MerkleTree.emptyRoot }
    var power = 1
    while power * 2 < leaves.count { power *= 2 }
    let middle = leaves.startIndex + power
    return Digest(of: [1] + plainRoot(leaves[..<middle]).bytes + plainRoot(leaves[middle...]).bytes)
  }

  static let many: [[UInt8]] = (0..<40).map { Array("leaf \($0)".utf8) }

  @Test func `the growing tree has the root of the definition`() {
    var frontier = Frontier()
    for size in 0..<Self.many.count {
      #expect(frontier.head == Head(position: size, root: Self.plainRoot(Self.many[..<size])))
      frontier.append(MerkleTree.leaf(Self.many[size]))
    }
  }

  @Test func `every inclusion is proved, and by nothing else`() throws {
    for size in 1...33 {
      let leaves = Self.many.prefix(size).map(MerkleTree.leaf)
      let root = MerkleTree.root(of: leaves)
      for index in 0..<size {
        let proof = try #require(MerkleTree.inclusionProof(of: index, in: leaves))
        func holds(_ leaf: Digest, _ index: Int, _ size: Int, _ root: Digest, _ proof: [Digest]) -> Bool {
          MerkleTree.verifyInclusion(of: leaf, at: index, size: size, root: root, proof: proof)
        }
        #expect(holds(leaves[index], index, size, root, proof))
        #expect(!holds(Digest(of: "other"), index, size, root, proof))
        #expect(!holds(leaves[index], index, size, Digest(of: "other"), proof))
        #expect(!holds(leaves[index], index, size, root, proof + [root]))
        #expect(!holds(leaves[index], size, size, root, proof) && !holds(leaves[index], -1, size, root, proof))
        if !proof.isEmpty { #expect(!holds(leaves[index], index, size, root, Array(proof.dropLast()))) }
        for other in 0..<size where other != index { #expect(!holds(leaves[index], other, size, root, proof)) }
      }
      #expect(MerkleTree.inclusionProof(of: size, in: leaves) == nil)
    }
  }

  @Test func `every earlier tree is proved to be the beginning, and by nothing else`() throws {
    for size in 0...33 {
      let leaves = Self.many.prefix(size).map(MerkleTree.leaf)
      let second = Head(position: size, root: MerkleTree.root(of: leaves))
      for earlier in 0...size {
        let first = Head(position: earlier, root: MerkleTree.root(of: leaves.prefix(earlier)))
        let proof = try #require(MerkleTree.consistencyProof(from: earlier, in: leaves))
        #expect(MerkleTree.verifyConsistency(from: first, to: second, proof: proof), "\(earlier) in \(size)")
        let forged = Head(position: earlier, root: Digest(of: "other"))
        #expect(!MerkleTree.verifyConsistency(from: forged, to: second, proof: proof))
        #expect(!MerkleTree.verifyConsistency(from: first, to: second, proof: proof + [second.root]))
        guard earlier > 0, earlier < size else { continue }
        let other = Head(position: size, root: Digest(of: "other"))
        #expect(!MerkleTree.verifyConsistency(from: first, to: other, proof: proof))
        #expect(!MerkleTree.verifyConsistency(from: first, to: second, proof: Array(proof.dropLast())))
        #expect(!MerkleTree.verifyConsistency(from: second, to: first, proof: proof))
      }
    }
  }
}
