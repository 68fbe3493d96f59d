/// The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, roots, and proofs.
///
/// Cost: a root or a proof of `n` leaves takes `n` hashes; `Frontier` adds a leaf in O(log n) at most.
public enum MerkleTree {
  /// The root of the tree without leaves.
  public static let emptyRoot = Digest(of: [])

  /// The hash of a leaf: SHA-256(0x00 || leaf).
  public static func leaf(_ bytes: [UInt8]) -> Digest { Digest(ofJoined: [[0], bytes]) }

  /// The hash of an inner node: SHA-256(0x01 || left || right).
  static func node(_ left: Digest, _ right: Digest) -> Digest {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(65)
    left.append(to: &bytes)
    right.append(to: &bytes)
    return Digest(of: bytes)
  }

  /// The root over the hashes of leaves.
  public static func root(of leaves: some Sequence<Digest>) -> Digest {
    var frontier = Frontier()
    for leaf in leaves { frontier.append(leaf) }
    return frontier.root
  }

  /// The greatest power of two that is less than a count of at least 2.
  private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }

  /// The siblings on the way from a leaf (counted from 0) to the root; nil if there is no such leaf.
  public static func inclusionProof(of index: Int, in leaves: [Digest]) -> [Digest]? {
    guard leaves.indices.contains(index) else { return nil }
    return path(index, leaves[...])
  }

  private static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let middle = leaves.startIndex + split(leaves.count)
    let (left, right) = (leaves[..<middle], leaves[middle...])
    return index < middle ? path(index, left) + [root(of: right)] : path(index, right) + [root(of: left)]
  }

  /// The nodes that show the first `size` leaves to be the beginning of all of them; nil if there are not as many.
  public static func consistencyProof(from size: Int, in leaves: [Digest]) -> [Digest]? {
    guard (0...leaves.count).contains(size) else { return nil }
    return size == 0 || size == leaves.count ? [] : subproof(size, leaves[...], isWhole: true)
  }

  private static func subproof(_ size: Int, _ leaves: ArraySlice<Digest>, isWhole: Bool) -> [Digest] {
    if size == leaves.count { return isWhole ? [] : [root(of: leaves)] }
    let middle = split(leaves.count)
    let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
    return size <= middle
      ? subproof(size, left, isWhole: isWhole) + [root(of: right)]
      : subproof(size - middle, right, isWhole: false) + [root(of: left)]
  }

  /// Whether a proof shows that a leaf stands at an index (from 0) of the tree of that size and root (RFC 9162, 2.1.3.2).
  public static func verifyInclusion(
    of leaf: Digest, at index: Int, size: Int, root: Digest, proof: [Digest]
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var (node, last, hash) = (index, size - 1, leaf)
    for sibling in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleTree.node(sibling, hash)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = MerkleTree.node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }

  /// Whether a proof shows that one tree is the beginning of another (RFC 9162, 2.1.4.2).
  public static func verifyConsistency(
    from first: Head, to second: Head, proof: [Digest]
  ) -> Bool {
    guard first.position >= 0, first.position <= second.position else { return false }
    if first.position == 0 { return proof.isEmpty && first.root == emptyRoot }
    if first.position == second.position { return proof.isEmpty && first.root == second.root }
    var proof = proof[...]
    if first.position & (first.position - 1) == 0 { proof = [first.root] + proof }
    guard let start = proof.popFirst() else { return false }
    var (node, last) = (first.position - 1, second.position - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (old, new) = (start, start)
    for hash in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        (old, new) = (MerkleTree.node(hash, old), MerkleTree.node(hash, new))
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        new = MerkleTree.node(new, hash)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && old == first.root && new == second.root
  }
}

/// The right edge of a growing tree: the roots of its full subtrees, largest first, one for each bit of its size.
public struct Frontier: Hashable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size = 0
  private var peaks: [Digest] = []

  /// The tree without leaves.
  public init() {}

  /// Adds a leaf by its hash, merging as many subtrees as the size has trailing ones: O(log n), O(1) on average.
  public mutating func append(_ leaf: Digest) {
    var merged = leaf
    for _ in 0..<(~size).trailingZeroBitCount { merged = MerkleTree.node(peaks.removeLast(), merged) }
    peaks.append(merged)
    size += 1
  }

  /// The root: O(log n).
  public var root: Digest {
    guard var root = peaks.last else { return MerkleTree.emptyRoot }
    for peak in peaks.dropLast().reversed() { root = MerkleTree.node(peak, root) }
    return root
  }

  /// Size and root.
  public var head: Head { Head(position: size, root: root) }
}
