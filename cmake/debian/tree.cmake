# What Debian's policy wants of the tree and `cmake --install` leaves plain: the copyright file, a changelog, and
# compressed pages.  CPack runs this on the tree that goes into the package.
set(share ${CPACK_TEMPORARY_DIRECTORY}/usr/share)
file(GLOB pages ${share}/man/man*/*.[15])
list(LENGTH pages count)
if(count EQUAL 0)
    message(FATAL_ERROR "no man pages in ${share}: install scdoc and configure again")
endif()
# The source may be group-writable; the package may not.
set(plain FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
file(COPY ${CPACK_OFFERSTAT_DEBIAN}/copyright DESTINATION ${share}/doc/offerstat ${plain})
configure_file(${CPACK_OFFERSTAT_DEBIAN}/changelog.in ${share}/doc/offerstat/changelog.Debian @ONLY ${plain})
execute_process(COMMAND gzip -9n ${pages} ${share}/doc/offerstat/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
