; Inno Setup 6 script. Build the bundle first: python packaging\installer\build_bundle.py --no-archive
; then: iscc /DVersion=0.1.0 packaging\installer\windows\genoai-desktop.iss
; LIMIT: pysam, which reads VCF and BAM files, is not published for Windows, so build_bundle.py stops there
; today. The script is complete for the day that it is, and was reviewed but never run.
#ifndef Version
  #error Give the version: iscc /DVersion=X.Y.Z
#endif
#define Bundle "..\..\..\dist\genoai-desktop"

[Setup]
AppId={{6B0B3C0E-5C0D-4B0B-9C55-7E4C9B3E5A11}
AppName=GenoAI Desktop
AppVersion={#Version}
AppPublisher=GenoAI Desktop
DefaultDirName={autopf}\GenoAI Desktop
DefaultGroupName=GenoAI Desktop
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
LicenseFile={#Bundle}\licences\LICENSE
OutputBaseFilename=genoai-desktop-{#Version}-setup
SetupIconFile=..\..\..\resources\icons\genoai-desktop.ico
UninstallDisplayIcon={app}\genoai-desktop-window.exe
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "openwith"; Description: "{cm:AssocFileExtension,GenoAI Desktop,.vcf}"; Flags: unchecked

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\GenoAI Desktop"; Filename: "{app}\genoai-desktop-window.exe"
Name: "{autodesktop}\GenoAI Desktop"; Filename: "{app}\genoai-desktop-window.exe"; Tasks: desktopicon

[Registry]
; "Open with" is always offered; .vcf is taken over only when asked, as it is vCard's extension too.
Root: HKA; Subkey: "Software\Classes\GenoAI.vcf"; ValueType: string; ValueData: "Genetic variants (VCF)"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\GenoAI.vcf\shell\open\command"; ValueType: string; ValueData: """{app}\genoai-desktop-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.vcf\OpenWithProgids"; ValueType: string; ValueName: "GenoAI.vcf"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.bcf\OpenWithProgids"; ValueType: string; ValueName: "GenoAI.vcf"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.vcf"; ValueType: string; ValueData: "GenoAI.vcf"; Tasks: openwith; Flags: uninsdeletevalue
; These endings are the program's own: case store, its backup, knowledge update.
Root: HKA; Subkey: "Software\Classes\GenoAI.file"; ValueType: string; ValueData: "GenoAI Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\GenoAI.file\shell\open\command"; ValueType: string; ValueData: """{app}\genoai-desktop-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.genoai"; ValueType: string; ValueData: "GenoAI.file"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.genoai-backup"; ValueType: string; ValueData: "GenoAI.file"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.genopack"; ValueType: string; ValueData: "GenoAI.file"; Flags: uninsdeletevalue

[Run]
Filename: "{app}\genoai-desktop-window.exe"; Description: "{cm:LaunchProgram,GenoAI Desktop}"; Flags: nowait postinstall skipifsilent
