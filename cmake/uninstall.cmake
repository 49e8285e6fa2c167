# cmake -DMANIFEST=install_manifest.txt -P uninstall.cmake: remove what `cmake --install` has put there.
if(NOT EXISTS ${MANIFEST})
    message(FATAL_ERROR "${MANIFEST}: nothing was installed from this build folder")
endif()
file(STRINGS ${MANIFEST} files)
foreach(file IN LISTS files)
    message(STATUS "Removing $ENV{DESTDIR}${file}")
    file(REMOVE $ENV{DESTDIR}${file})
endforeach()
