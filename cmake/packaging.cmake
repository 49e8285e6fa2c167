# `cmake --build build/release --target package` makes a .deb for the release of Debian on which it runs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME offerstat)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
# Whoever gives packages to others names themselves.
set(OFFERSTAT_CONTACT "offerstat maintainers <maintainers@offerstat.invalid>" CACHE STRING
    "The maintainer that a package names")
set(CPACK_PACKAGE_CONTACT ${OFFERSTAT_CONTACT})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "publishing status of commercial marketplace offers")
set(CPACK_PACKAGE_DESCRIPTION
"offerstat tells the publishing status of the offers that a software publisher
has on Microsoft's commercial marketplace: what state they are in, why, and
what the publisher must do. It reads the partner portal's APIs and never
changes anything there. A person runs it in a terminal, a script takes its
JSON, a pipeline its exit code.
.
offerstat-emulator is a local portal for demos and for testing pipelines.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# The packages of two releases differ in their dependencies, and so do their names.
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
cmake_host_system_information(RESULT debian QUERY DISTRIB_VERSION_ID)
if(debian)
    string(APPEND CPACK_DEBIAN_PACKAGE_RELEASE "~deb${debian}")
endif()
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What the libraries of the programs do not tell: the authorities that https is checked with, and the libraries that
# are loaded when they are needed, for --jq and for HTML.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, libjq1, libxml2")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libsqlite3-0") # the record, which is off unless asked for
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, azure-cli, jq, xdg-utils")
# Debian's tools want the modes of its policy whatever the umask is.
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# cmake/debian/tree.cmake makes the tree what the policy asks for.
set(CPACK_OFFERSTAT_DEBIAN ${CMAKE_CURRENT_LIST_DIR}/debian)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian/tree.cmake)
include(CPack)
