extension Program {
  /// https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
  var bashCompletions: String {
    let all = options + commands.flatMap(\.options)
    let taking = distinct(all.filter(\.takesValue).flatMap(\.spellings)).joined(separator: "|")
    let values = commands.map { valueCases(of: self.options(of: $0), prefix: $0.name) }.joined()
    return """
      # bash completion for \(name): source <(\(name) completions bash)
      _\(name)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local command='' operands=0 place=1 words=''
        COMPREPLY=()
        # Bash makes a word of the "=" in --name=value.
        if [[ $current == '=' ]]; then
          current=''
        elif [[ $previous == '=' ]]; then
          previous=${COMP_WORDS[COMP_CWORD-2]}
        fi
        while ((place < COMP_CWORD)); do
          case ${COMP_WORDS[place]} in
            \(taking))
              [[ ${COMP_WORDS[place+1]} == '=' ]] && ((place++))
              ((place++)) ;;
            -*) ;;
            *)
              if [[ -z $command ]]; then
                command=${COMP_WORDS[place]}
              else
                ((operands += 1))
              fi ;;
          esac
          ((place++))
        done
        case $command:$previous in
      \(values)\(valueCases(of: options, prefix: ""))  esac
        if [[ $current == -* ]]; then
          case $command in
      \(commands.map { wordCase($0.name, self.options(of: $0).map(\.flag)) }.joined())\
      \(wordCase("*", options.map(\.flag)))    esac
          words+=' \(Option.builtIn.map(\.flag).joined(separator: " "))'
        elif [[ -z $command ]]; then
          words='\(commands.map(\.name).joined(separator: " "))'
        else
          case $command in
      \(commands.map(operandCase).joined())    esac
        fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
      }
      complete -F _\(name) \(name)

      """
  }

  /// What can follow an option that takes a value.
  private func valueCases(of options: [Option], prefix: String) -> String {
    options.filter(\.takesValue).map { option in
      let pattern = option.spellings.map { "\(prefix):\($0)" }.joined(separator: "|")
      if !option.choices.isEmpty {
        let words = "-W '\(option.choices.joined(separator: " "))'"
        return "    \(pattern)) \(reply(words)); return ;;\n"
      }
      return "    \(pattern)) \(fileReply(option.completion))return ;;\n"
    }.joined()
  }

  private func wordCase(_ command: String, _ words: [String]) -> String {
    words.isEmpty ? "" : "      \(command)) words='\(words.joined(separator: " "))' ;;\n"
  }

  private func operandCase(_ command: Command) -> String {
    let replies = command.operands.map { reply(for: $0, of: command) }
    guard replies.count > 1 else {
      let reply = replies.first ?? ""
      return reply.isEmpty ? "" : "      \(command.name)) \(reply) ;;\n"
    }
    let cases = replies.enumerated().map { place, reply in
      reply.isEmpty ? "" : "          \(place)) \(reply) ;;\n"
    }
    return "      \(command.name))\n        case $operands in\n\(cases.joined())        esac ;;\n"
  }

  /// What offers an operand's words or files; empty where nothing can be offered.
  private func reply(for operand: Operand, of command: Command) -> String {
    let words = words(for: operand, of: command)
    if !words.isEmpty { return "words='\(words.joined(separator: " "))'" }
    let files = fileReply(operand.completion)
    return files.isEmpty ? "" : "\(files)return"
  }

  private func fileReply(_ completion: Completion) -> String {
    switch completion {
    case .nothing: ""
    case .files: "\(reply("-f")); compopt -o filenames; "
    case .directories: "\(reply("-d")); compopt -o filenames; "
    }
  }

  private func reply(_ action: String) -> String {
    "mapfile -t COMPREPLY < <(compgen \(action) -- \"$current\")"
  }
}

private func distinct(_ words: [String]) -> [String] {
  var seen: Set<String> = []
  return words.filter { seen.insert($0).inserted }
}
