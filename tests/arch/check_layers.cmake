# The house has one direction: cli -> (portal, render) -> core -> util; the emulator uses core at most, so that
# a wrong idea of the wire cannot confirm itself.  The compiler cannot hold this alone, since every
# public header and <curl/curl.h> are on the default path.  cmake -DROOT=... -P check_layers.cmake
set(util_headers "arena|error|escape|secret|strbuf|text|timestamp|typo|utf8")
set(core_headers "${util_headers}|cpp_rules|graph_rules|ingestion_rules|offer|offer_build|outcome|report|rules|select|state|word")
set(allowed_util "offerstat/(${util_headers})\\.h")
set(allowed_core "offerstat/(${core_headers})\\.h")
set(allowed_portal "offerstat/(${core_headers}|portal|signin|transport|token)\\.h")
set(allowed_render "offerstat/(${core_headers}|render)\\.h")
set(allowed_cli "offerstat/.*\\.h")
set(allowed_emulator "offerstat/(${core_headers})\\.h")
# <system headers> that a layer must not know
set(forbidden_util "curl|cjson|libxml|libsmartcols|microhttpd|time\\.h|unistd|locale|sys/")
set(forbidden_core "stdio_ext|curl|cjson|libxml|libsmartcols|microhttpd|time\\.h|unistd|locale|sys/")
set(forbidden_render "curl|libxml|microhttpd")
set(forbidden_portal "libsmartcols|microhttpd")
set(forbidden_cli "curl|cjson|libxml|libsmartcols|microhttpd")
set(forbidden_emulator "curl|libxml|libsmartcols")
set(faults "")

foreach(layer IN ITEMS util core portal render cli emulator)
    file(GLOB_RECURSE sources ${ROOT}/src/${layer}/*.[ch])
    foreach(source IN LISTS sources)
        file(STRINGS ${source} includes REGEX "^[ \t]*#[ \t]*include")
        foreach(line IN LISTS includes)
            if(line MATCHES "\"(offerstat/[^\"]*)\"" AND NOT CMAKE_MATCH_1 MATCHES
               "^${allowed_${layer}}$")
                list(APPEND faults "${source}: ${CMAKE_MATCH_1}")
            elseif(line MATCHES "\"([^\"]*/[^\"]*)\"" AND NOT CMAKE_MATCH_1 MATCHES
                   "^(offerstat|api|auth|http|json|read|rest)/")
                list(APPEND faults "${source}: ${CMAKE_MATCH_1} (a path into another layer)")
            elseif(line MATCHES "<(${forbidden_${layer}})")
                list(APPEND faults "${source}: ${line}")
            endif()
        endforeach()
    endforeach()
endforeach()

# Two places may know libcurl: the transport's files, and url.c, which parses addresses with libcurl's own
# parser so that both read them the same way.
file(GLOB_RECURSE portal ${ROOT}/src/portal/*.[ch])
foreach(source IN LISTS portal)
    file(STRINGS ${source} includes REGEX "<curl/")
    if(includes AND NOT source MATCHES "/(transport_curl(_request\\.c|_priv\\.h|\\.c)|url\\.c)$")
        list(APPEND faults "${source}: libcurl belongs to the files of transport_curl and to url.c")
    endif()
endforeach()

if(faults)
    list(JOIN faults "\n  " text)
    message(FATAL_ERROR "includes against the direction of the layers:\n  ${text}")
endif()
