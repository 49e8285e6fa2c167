# bash completion for offerstat: the words come from the program itself.
_offerstat() {
    local i word lead= joined= words=()
    # Bash has taken --option=value apart at the "=".
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == = && ${#words[@]} -gt 0 ]]; then
            words[-1]+==
            joined=1
        elif [[ -n $joined ]]; then
            words[-1]+=$word
            joined=
        else
            words+=("$word")
        fi
    done
    # It replaces only what follows the "=".
    [[ ${words[-1]} != --*=* ]] || lead=${words[-1]%%=*}=
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        if [[ $word == @files ]]; then
            compopt -o default
            return
        fi
        COMPREPLY+=("${word#"$lead"}")
    done < <("$1" completion reply -- "${words[@]}" 2> /dev/null)
}
complete -F _offerstat offerstat
