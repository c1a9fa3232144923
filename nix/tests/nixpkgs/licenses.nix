# The licences that packages of npm name most, by nixpkgs' attribute names.
builtins.mapAttrs
  (
    shortName: license:
    {
      inherit shortName;
      free = true;
      redistributable = license.free or true;
      deprecated = false;
    }
    // license
    // (if license ? spdxId then { url = "https://spdx.org/licenses/${license.spdxId}.html"; } else { })
  )
  {
    agpl3Only = {
      spdxId = "AGPL-3.0-only";
      fullName = "GNU Affero General Public License v3.0 only";
    };
    asl20 = {
      spdxId = "Apache-2.0";
      fullName = "Apache License 2.0";
    };
    bsd0 = {
      spdxId = "0BSD";
      fullName = "BSD Zero Clause License";
    };
    bsd2 = {
      spdxId = "BSD-2-Clause";
      fullName = "BSD 2-clause \"Simplified\" License";
    };
    bsd3 = {
      spdxId = "BSD-3-Clause";
      fullName = "BSD 3-clause \"New\" or \"Revised\" License";
    };
    cc0 = {
      spdxId = "CC0-1.0";
      fullName = "Creative Commons Zero v1.0 Universal";
    };
    cc-by-40 = {
      spdxId = "CC-BY-4.0";
      fullName = "Creative Commons Attribution 4.0";
    };
    gpl2Only = {
      spdxId = "GPL-2.0-only";
      fullName = "GNU General Public License v2.0 only";
    };
    gpl3Only = {
      spdxId = "GPL-3.0-only";
      fullName = "GNU General Public License v3.0 only";
    };
    gpl3Plus = {
      spdxId = "GPL-3.0-or-later";
      fullName = "GNU General Public License v3.0 or later";
    };
    isc = {
      spdxId = "ISC";
      fullName = "ISC License";
    };
    lgpl3Only = {
      spdxId = "LGPL-3.0-only";
      fullName = "GNU Lesser General Public License v3.0 only";
    };
    mit = {
      spdxId = "MIT";
      fullName = "MIT License";
    };
    mit0 = {
      spdxId = "MIT-0";
      fullName = "MIT No Attribution";
    };
    mpl20 = {
      spdxId = "MPL-2.0";
      fullName = "Mozilla Public License 2.0";
    };
    unfree = {
      fullName = "Unfree";
      free = false;
    };
    unfreeRedistributable = {
      fullName = "Unfree redistributable";
      free = false;
      redistributable = true;
    };
    unlicense = {
      spdxId = "Unlicense";
      fullName = "The Unlicense";
    };
    wtfpl = {
      spdxId = "WTFPL";
      fullName = "Do What The F*ck You Want To Public License";
    };
    zlib = {
      spdxId = "Zlib";
      fullName = "zlib License";
    };
  }
