#compdef offerstat
# zsh completion for offerstat: the words come from the program itself.
_offerstat() {
    local word help
    local -a found
    while IFS=$'\t' read -r word help; do
        if [[ $word == @files ]]; then
            _files
            return
        fi
        found+=("${word//:/\\:}${help:+:$help}")
    done < <("${(Q)words[1]}" completion reply -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)
    _describe -t words offerstat found
}
if [[ $funcstack[1] == _offerstat ]]; then
    _offerstat "$@"
else
    compdef _offerstat offerstat
fi
