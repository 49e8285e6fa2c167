# fish completion for offerstat: the words come from the program itself.
function __offerstat_reply
    set -l words (commandline -opc)
    set -l program $words[1]
    set -l current (commandline -ct)
    for line in ($program completion reply -- $words[2..] "$current" 2>/dev/null)
        if test "$line" = @files
            __fish_complete_path "$current"
            return
        end
        echo $line
    end
end
complete -c offerstat -f -a '(__offerstat_reply)'
