package import Answers

/// The answer's value as one indented JSON object: the contract.
package struct JSONRenderer: Renderer {
  package init() {}

  package func render(_ answer: Answer, into output: inout Output) {
    JSONText(isIndented: true).write(answer.value, into: &output)
    output.line()
  }
}

/// The answer's rows, each on a line of its own.
package struct NDJSONRenderer: Renderer {
  package init() {}

  package func render(_ answer: Answer, into output: inout Output) {
    let text = JSONText(isIndented: false)
    for row in answer.records.rows {
      text.write(row, into: &output)
      output.line()
    }
  }
}
