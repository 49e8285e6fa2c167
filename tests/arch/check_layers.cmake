# Includes have one direction, and the emulator shares no wire code with the portal, so that a wrong idea of
# the wire cannot confirm itself.  The compiler cannot hold this alone, since every public header and
# <curl/curl.h> are on the default path.  cmake -DROOT=... -P check_layers.cmake
#
# room | folder | rooms that it may name | system headers that it must not know
cmake_policy(VERSION 3.25)
get_filename_component(ROOT ${ROOT} ABSOLUTE)
set(rooms
    "util|src/util||curl|cjson|libxml|libsmartcols|microhttpd|time\\.h|unistd|locale|sys/"
    "core|src/core|util|stdio_ext|curl|cjson|libxml|libsmartcols|microhttpd|time\\.h|unistd|locale|sys/"
    "json|src/portal/json|util|libsmartcols|microhttpd"
    "http|src/portal/http|util|cjson|libsmartcols|microhttpd"
    "har|src/portal/har|util http json|curl|cjson|libsmartcols|microhttpd"
    "rest|src/portal/rest|util http json|libsmartcols|microhttpd"
    "auth|src/portal/auth|util http json rest|libsmartcols|microhttpd"
    "api|src/portal/api|util core http json rest auth|libsmartcols|microhttpd"
    "read|src/portal/read|util core http json rest auth api|libsmartcols|microhttpd"
    "portal|src/portal|util core http json rest auth api read|libsmartcols|microhttpd"
    "record|src/record|util core|curl|cjson|libxml|libsmartcols|microhttpd"
    "render|src/render|util core|curl|libxml|microhttpd|sqlite"
    "process|src/cli/process|util core http|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "terminal|src/cli/terminal|util core http api process|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "options|src/cli/options|util core http auth api render process terminal|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "output|src/cli/output|util core http auth render terminal options|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "session|src/cli/session|util core http har auth api process terminal options output|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "offers|src/cli/offers|util core api record render process terminal options output session|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "waiting|src/cli/waiting|util core http auth render process terminal options output session offers|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "verbs|src/cli/verbs|util core http auth api record render process terminal options output session offers waiting|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "cli|src/cli|util http process terminal options output session verbs|curl|cjson|libxml|libsmartcols|microhttpd|sqlite"
    "emulator|src/emulator|util core|curl|libxml|libsmartcols|sqlite")
# Public headers belong to the room of the source file of their name; these have none, or several.
set(room_of_rules core)
set(room_of_transport http)
set(room_of_portal api) # its types; read and the portal's own files define the rest
set(faults "")
set(nodes "")

# Where a room is, which room a public header belongs to, and which file a header is the face of.
foreach(row IN LISTS rooms)
    string(REGEX MATCH "^([^|]*)\\|([^|]*)" ignored "${row}")
    set(room ${CMAKE_MATCH_1})
    set(folder ${CMAKE_MATCH_2})
    set(folder_of_${room} ${folder})
    # A room of its own in src, or one of the rooms of src/portal or src/cli, which is one library.
    string(REGEX MATCH "^src/[a-z]+" library_of_${room} ${folder})
    file(GLOB sources RELATIVE ${ROOT} ${ROOT}/${folder}/*.[ch])
    set(sources_of_${room} ${sources})
    list(APPEND known ${sources})
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        if(NOT DEFINED room_of_${name} AND NOT folder MATCHES "^src/(emulator|cli)")
            set(room_of_${name} ${room})
        endif()
    endforeach()
endforeach()

file(GLOB_RECURSE strange RELATIVE ${ROOT} ${ROOT}/src/*.[ch])
list(REMOVE_ITEM strange ${known})
foreach(source IN LISTS strange)
    list(APPEND faults "${source}: its folder has no row in `rooms`")
endforeach()

foreach(row IN LISTS rooms)
    string(REGEX MATCH "^([^|]*)\\|([^|]*)\\|([^|]*)\\|(.*)$" ignored "${row}")
    set(room ${CMAKE_MATCH_1})
    set(folder ${CMAKE_MATCH_2})
    set(forbidden "${CMAKE_MATCH_4}")
    string(REPLACE " " ";" allowed "${CMAKE_MATCH_3}")
    foreach(source IN LISTS sources_of_${room})
        string(REGEX REPLACE "\\.[ch]$" "" node ${source})
        list(APPEND nodes ${node})
        file(STRINGS ${ROOT}/${source} includes REGEX "^[ \t]*#[ \t]*include")
        foreach(line IN LISTS includes)
            set(to "")
            if(line MATCHES "\"offerstat/([a-z0-9_]+)\\.h\"")
                set(header offerstat/${CMAKE_MATCH_1}.h)
                set(to ${room_of_${CMAKE_MATCH_1}})
            elseif(line MATCHES "\"([a-z]+)/([a-z0-9_]+)\\.h\"")
                set(header ${CMAKE_MATCH_1}/${CMAKE_MATCH_2}.h)
                set(to ${CMAKE_MATCH_1})
                list(APPEND uses_${node} ${folder_of_${to}}/${CMAKE_MATCH_2})
                if(NOT "${library_of_${to}}" STREQUAL library_of_${room})
                    list(APPEND faults "${source} -> ${header}: a header of another room's own")
                endif()
            elseif(line MATCHES "\"([a-z0-9_]+)\\.h\"")
                list(APPEND uses_${node} ${folder}/${CMAKE_MATCH_1})
            elseif(line MATCHES "\"(.*)\"")
                list(APPEND faults "${source} -> ${CMAKE_MATCH_1}: a path that is no room's")
            elseif(line MATCHES "<(${forbidden})")
                list(APPEND faults "${source}: ${line} is not for ${room}")
            endif()
            if(NOT to STREQUAL "" AND NOT to STREQUAL room)
                list(APPEND uses_room_${room} ${to})
                if(NOT to IN_LIST allowed)
                    list(APPEND faults "${source} -> ${header}: ${room} -> ${to}")
                endif()
            endif()
            # libcurl has few doors: the transport, and its parser of addresses, which must mean the same to us.
            if(line MATCHES "<curl/" AND NOT source MATCHES
               "/http/(transport_curl[a-z_]*|proxy|url)\\.[ch]$")
                list(APPEND faults "${source}: libcurl belongs to http/transport_curl*, http/url and http/proxy")
            endif()
        endforeach()
    endforeach()
endforeach()

# What is left after taking away, again and again, whatever uses nothing or is used by nothing that is left
# is a circle, or lies between two.
function(find_circles prefix what)
    set(left ${ARGN})
    list(REMOVE_DUPLICATES left)
    set(taken TRUE)
    while(taken)
        set(taken FALSE)
        foreach(node IN LISTS left)
            set(others ${${prefix}${node}})
            list(REMOVE_ITEM others ${node})
            set(uses FALSE)
            set(used FALSE)
            foreach(other IN LISTS left)
                if(other IN_LIST others)
                    set(uses TRUE)
                endif()
                if(NOT other STREQUAL node AND node IN_LIST ${prefix}${other})
                    set(used TRUE)
                endif()
            endforeach()
            if(NOT uses OR NOT used)
                list(REMOVE_ITEM left ${node})
                set(taken TRUE)
            endif()
        endforeach()
    endwhile()
    foreach(node IN LISTS left)
        foreach(other IN LISTS ${prefix}${node})
            if(other IN_LIST left AND NOT other STREQUAL node)
                list(APPEND faults "${node} -> ${other}: a circle of ${what}")
            endif()
        endforeach()
    endforeach()
    set(faults "${faults}" PARENT_SCOPE)
endfunction()

set(names "")
foreach(row IN LISTS rooms)
    string(REGEX REPLACE "\\|.*" "" name "${row}")
    list(APPEND names ${name})
endforeach()
if(NOT faults) # one arrow that goes up makes a circle of every room between its ends
    find_circles(uses_room_ rooms ${names})
    find_circles(uses_ files ${nodes})
endif()

if(faults)
    list(REMOVE_DUPLICATES faults)
    list(JOIN faults "\n  " text)
    message(FATAL_ERROR "against the direction of includes:\n  ${text}\n"
        "Move the code to where it may know what it uses; tests/arch/README.md has more.")
endif()
