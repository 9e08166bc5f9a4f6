internal import Answers
internal import Arguments
internal import Cluster
internal import Store

extension Invocation {
  /// Proves that a cluster has what a store has.
  func verify(_ address: ClusterAddress, against store: Store) throws -> ExitCode {
    let reader = try StoreReader(store)
    let result = try ClusterVerification(
      reader, on: connection(to: address), as: edgeName)
    try show(answer(result, address))
    return result.isSound ? .ok : .failure
  }

  private func answer(_ result: ClusterVerification, _ address: ClusterAddress) -> Answer {
    var facts = [Fact("batches", Cell(result.batches)), Fact("events", Cell(result.events))]
    if result.pruned > 0 { facts.append(Fact("pruned here since", Cell(result.pruned))) }
    if result.strayRows > 0 { facts.append(Fact("rows that do not count", Cell(result.strayRows))) }
    let verdict =
      result.isSound
      ? "Every batch of the store is in the cluster once, and its counts add up."
      : "The cluster has not what the store has."
    var sections = [Section(.facts(facts), .paragraph(verdict))]
    if !result.isSound { sections.append(Section(.bullets(result.problems))) }
    return Answer(
      title: result.isSound ? "Sound" : counted(result.problems.count, "problem"),
      notes: ["\(address.words), as \(edgeName)"], sections: sections,
      value: VerifyAnswer(
        ok: result.isSound, sources: result.sources, lines: result.lines,
        problems: result.problems,
        cluster: VerifyAnswer.InCluster(
          name: edgeName, batches: result.batches, events: result.events, pruned: result.pruned,
          strayRows: result.strayRows)
      ).value)
  }
}
