import Arguments
import Testing

@Suite struct CompletionTests {
  @Test(arguments: [
    (["errata", ""], ["import", "rates", "find", "completions", "help"]),
    (["errata", "r"], ["rates"]),
    (["errata", "-q", "--store", "rates", "im"], ["import"]),
    (["errata", "--store", "=", "x", "im"], ["import"]),
    (["errata", "rates", "--every", ""], ["1h", "1d"]),
    (["errata", "rates", "--every", "="], ["1h", "1d"]),
    (["errata", "rates", "--format", "=", "j"], ["json"]),
    (["errata", "--format", "c"], ["csv"]),
    (["errata", "rates", "--b"], ["--by"]),
    (["errata", "import", "--ver"], ["--version"]),
    (["errata", "import", "--max-line", ""], []),
    (["errata", "completions", "--"], ["--output", "--quiet", "--help", "--version"]),
    (["errata", "completions", "--format", ""], ["bash", "zsh", "fish"]),
    (["errata", "completions", ""], ["bash", "zsh", "fish"]),
    (["errata", "import", "/etc/host"], ["/etc/hosts"]),
    (["errata", "find", ""], []),
    (["errata", "help", "im"], ["import"]),
  ])
  func `bash offers what can follow`(words: [String], offers: [String]) throws {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      set -u
      \(sample.completions(for: .bash))
      compopt() { :; }
      COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count - 1)
      _errata
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let found = try output(of: "bash", ["-c", script]).split(separator: "\n").map(String.init)
    if offers.contains(where: { $0.hasPrefix("/etc") }) {
      #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("/etc/host") })
    } else {
      #expect(found == offers)
    }
  }

  @Test(arguments: [
    (["t", "show", ""], ["sun", "moon"]), (["t", "show", "sun", ""], ["rise", "set"]),
    (["t", "show", "sun", "set", ""], []), (["t", "show", "-v", "sun", "s"], ["set"]),
    (["t", "--at", "noon", "show", "sun", "s"], ["set"]), (["t", "help", "s"], ["show"]),
    (["t", "help", "show", ""], ["all"]),
  ])
  func `bash offers what an operand can be by its place`(words: [String], offers: [String]) throws {
    let program = Program(
      "t", "the sky", version: "1",
      options: [Option("at", value: "WHEN", "when"), Option("verbose", short: "v", "all of it")],
      commands: [
        Command(
          "show", "look at it",
          operands: [
            Operand("WHAT", choices: ["sun", "moon"]),
            Operand("HOW", isRequired: false, choices: ["rise", "set"]),
          ]
        ) { _ in .ok },
        Command(
          "help", "this text",
          operands: [Operand("NAME"), Operand("HOW", isRequired: false, choices: ["all"])]
        ) { _ in .ok },
      ])
    let script = """
      set -u
      \(program.completions(for: .bash))
      COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
      _t
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let found = try output(of: "bash", ["-c", script]).split(separator: "\n").map(String.init)
    #expect(found == offers)
    let fish = program.completions(for: .fish)
    let seen = "complete -c t -n '__fish_seen_subcommand_from show; and"
    #expect(fish.contains("\(seen) test (count (commandline -opc)) -eq 2' -a 'sun moon'\n"))
    #expect(fish.contains("\(seen) test (count (commandline -opc)) -eq 3' -a 'rise set'\n"))
  }

  @Test func `zsh is told of commands, options and values`() {
    #expect(
      sample.completions(for: .zsh) == """
        #compdef errata
        # zsh completion for errata: errata completions zsh > ~/.zfunc/_errata
        _errata() {
          local curcontext=$curcontext state line
          typeset -A opt_args
          local -a names=(
            'import:read logs into the store'
            'rates:error rates over time'
            'find:what happened to a request'
            'completions:teach a shell this command line'
            'help:this text'
          )
          local -a common=(
            '--store[the store]:PATH:_files'
            '--format[how results are shown]:table|json|csv:(table json csv)'
            '(-o --output)'{-o,--output}'[write there]:FILE:_files'
            '--since[from then on, -7d or a date]:WHEN: '
            '*--vendor[only these]:NAME: '
            '(-q --quiet)'{-q,--quiet}'[results and errors only]'
            '(-h --help)'{-h,--help}'[show what a command does and takes]'
            '--version[show the version]'
          )
          _arguments -C $common '1: :->command' '*:: :->rest'
          case $state in
            command) _describe command names ;;
            rest)
              case $words[1] in
                import) _arguments $common \\
                  '--max-line[longest line]:BYTES: ' \\
                  '(-f --follow)'{-f,--follow}'[wait for more]' \\
                  '*:PATH:_files' ;;
                rates) _arguments $common \\
                  '--every[the length of a row]:1h|1d:(1h 1d)' \\
                  '*--by[group by these fields, which are told apart in a column each]:FIELD:(vendor status code)' ;;
                find) _arguments $common \\
                  '*:ID: ' ;;
                completions) _arguments \\
                  '(-o --output)'{-o,--output}'[write there]:FILE:_files' \\
                  '(-q --quiet)'{-q,--quiet}'[results and errors only]' \\
                  '(-h --help)'{-h,--help}'[show what a command does and takes]' \\
                  '--version[show the version]' \\
                  ':SHELL:(bash zsh fish)' ;;
                help) _arguments $common \\
                  '::COMMAND:(import rates find completions help)' ;;
                esac ;;
          esac
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
          _errata "$@"
        else
          compdef _errata errata
        fi

        """)
  }

  @Test func `fish is told of commands, options and values`() {
    #expect(
      sample.completions(for: .fish) == """
        # fish completion for errata: errata completions fish | source
        complete -c errata -f
        complete -c errata -n __fish_use_subcommand -a import -d 'read logs into the store'
        complete -c errata -n __fish_use_subcommand -a rates -d 'error rates over time'
        complete -c errata -n __fish_use_subcommand -a find -d 'what happened to a request'
        complete -c errata -n __fish_use_subcommand -a completions -d 'teach a shell this command line'
        complete -c errata -n __fish_use_subcommand -a help -d 'this text'
        complete -c errata -n 'not __fish_seen_subcommand_from completions' -l store -r -F -d 'the store'
        complete -c errata -n 'not __fish_seen_subcommand_from completions' -l format -x -a 'table json csv' -d 'how results are shown'
        complete -c errata -s o -l output -r -F -d 'write there'
        complete -c errata -n 'not __fish_seen_subcommand_from completions' -l since -x -d 'from then on, -7d or a date'
        complete -c errata -n 'not __fish_seen_subcommand_from completions' -l vendor -x -d 'only these'
        complete -c errata -s q -l quiet -d 'results and errors only'
        complete -c errata -s h -l help -d 'show what a command does and takes'
        complete -c errata -l version -d 'show the version'
        complete -c errata -n '__fish_seen_subcommand_from import' -l max-line -x -d 'longest line'
        complete -c errata -n '__fish_seen_subcommand_from import' -s f -l follow -d 'wait for more'
        complete -c errata -n '__fish_seen_subcommand_from import' -F
        complete -c errata -n '__fish_seen_subcommand_from rates' -l every -x -a '1h 1d' -d 'the length of a row'
        complete -c errata -n '__fish_seen_subcommand_from rates' -l by -x -a 'vendor status code' -d 'group by these fields, which are told apart in a column each'
        complete -c errata -n '__fish_seen_subcommand_from completions' -a 'bash zsh fish'
        complete -c errata -n '__fish_seen_subcommand_from help' -a 'import rates find completions help'

        """)
  }

  @Test func `quotes in a summary do not end it`() {
    let odd = Program(
      "odd", "", version: "1", options: [Option("it", "isn't [a:b] $(touch x)")],
      commands: [Command("x", "it's a: \\ $HOME") { _ in .ok }])
    #expect(odd.completions(for: .zsh).contains(#"'--it[isn'\''t \[a:b\] $(touch x)]'"#))
    #expect(odd.completions(for: .zsh).contains(#"'x:it'\''s a\: \\ $HOME'"#))
    #expect(odd.completions(for: .fish).contains(#"-d 'it\'s a: \\ $HOME'"#))
  }
}
