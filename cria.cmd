@echo off
rem Runs Cria: finds a JDK, builds if the jars are missing or older than the sources, and starts java.
rem The twin of the script "cria", which says more. What differs here: the parts of CRIA_CLASSPATH are separated by
rem semicolons, a lock is only a folder, and the one warning of the JVM ("Using incubator modules") is seen.
setlocal EnableExtensions DisableDelayedExpansion

set "NEEDED=25"
set "HERE=%~dp0"
set "TARGET=%HERE%app-cli\target"
set "BUILT=%TARGET%\cria"
set "LOCK=%TARGET%\cria.lock"
set "LOG=%TARGET%\cria-build.log"
set "JDK="
set "REPORT="
set "ROLE=run"
if not defined CRIA_JDK_FOLDERS set "CRIA_JDK_FOLDERS=%ProgramFiles%\Eclipse Adoptium;%ProgramFiles%\Java;%ProgramFiles%\Microsoft;%ProgramFiles%\Zulu;%ProgramFiles%\Amazon Corretto;%ProgramFiles%\BellSoft;%LOCALAPPDATA%\Programs\Eclipse Adoptium;%USERPROFILE%\.jdks;%USERPROFILE%\.gradle\jdks;%USERPROFILE%\scoop\apps"

call :stale
if not defined REASON goto :start
if not exist "%TARGET%" mkdir "%TARGET%"
set "WAITING="
:lock
mkdir "%LOCK%" 2>nul
if not errorlevel 1 goto :locked
if not defined WAITING >&2 echo cria: waiting for another cria to finish its build; if there is none, remove %LOCK%
set "WAITING=yes"
ping -n 2 127.0.0.1 >nul
goto :lock
:locked
call :stale
if not defined REASON goto :unlock
set "ROLE=build"
call :find_java
if not defined JDK rmdir "%LOCK%"
if not defined JDK goto :no_java
>&2 echo cria: building (%REASON%) ...
set "JAVA_HOME=%JDK%"
call "%HERE%mvnw.cmd" -f "%HERE%pom.xml" -B -q -Dquick -pl app-cli -am package >"%LOG%" 2>&1 <nul
if errorlevel 1 goto :failed
>&2 echo cria: built
:unlock
rmdir "%LOCK%"

:start
if not defined JDK call :find_java
if not defined JDK goto :no_java
set "CLASSES="
for /f "usebackq delims=" %%j in ("%BUILT%\classpath") do call :append "%BUILT%\lib\%%j"
if defined CRIA_CLASSPATH call :append "%CRIA_CLASSPATH%"
if exist "%HERE%plugins" for /f "delims=" %%j in ('dir /b /on /a-d "%HERE%plugins\*.jar" 2^>nul') do call :append "%HERE%plugins\%%j"
set "COLLECTOR=-XX:+UseSerialGC"
if defined CRIA_JAVA_OPTS echo "%CRIA_JAVA_OPTS%" | findstr /r /c:"-XX:+Use.*GC" >nul && set "COLLECTOR="
"%JDK%\bin\java.exe" %COLLECTOR% --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Dguice_custom_class_loading=CHILD -Xmn8m -XX:CompileCommand=quiet -Djdk.reflect.useNativeAccessorOnly=true -XX:Tier2BackedgeNotifyFreqLog=20 -XX:Tier3BackedgeNotifyFreqLog=20 "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::vector*,0.02" "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::plain*,0.02" "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::copy*,0.02" "-XX:CompileCommand=dontinline,dev.cria.vector.*::vector*" %CRIA_JAVA_OPTS% -cp "%CLASSES%" dev.cria.cli.Main %*
exit /b %ERRORLEVEL%

:failed
rmdir "%LOCK%"
>&2 echo cria: the build failed. The end of %LOG%:
>&2 powershell -NoProfile -Command "Get-Content -Tail 25 -LiteralPath $env:LOG"
exit /b 1

:append
if defined CLASSES (set "CLASSES=%CLASSES%;%~1") else set "CLASSES=%~1"
exit /b 0

rem Sets REASON if a build is needed.
:stale
set "REASON="
if not exist "%BUILT%\classpath" (
  set "REASON=first run: about a minute, longer if libraries are downloaded"
  exit /b 0
)
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath (Join-Path $env:BUILT 'classpath')).LastWriteTimeUtc; $modules = Get-ChildItem -LiteralPath $env:HERE -Directory | Where-Object { (Test-Path (Join-Path $_.FullName 'pom.xml')) -and $_.Name -notin 'benchmarks', 'engine-conformance', 'architecture-tests', 'examples' }; $files = @(Get-Item (Join-Path $env:HERE 'pom.xml') -ErrorAction Ignore) + @($modules | ForEach-Object { Get-Item (Join-Path $_.FullName 'pom.xml'); Get-ChildItem (Join-Path $_.FullName 'src/main') -Recurse -ErrorAction Ignore }); if ($files | Where-Object { $_.LastWriteTimeUtc -gt $built }) { exit 1 }"
if errorlevel 1 set "REASON=the sources have changed"
exit /b 0

rem Sets JDK to the first folder that will do; with REPORT, prints each one that will not.
:find_java
if defined CRIA_JAVA_HOME (
  call :look "%CRIA_JAVA_HOME%" CRIA_JAVA_HOME
  exit /b 0
)
if defined JAVA_HOME call :look "%JAVA_HOME%" JAVA_HOME
set "ON_PATH="
for %%j in (java.exe) do set "ON_PATH=%%~$PATH:j"
if defined ON_PATH for %%d in ("%ON_PATH%\..\..") do call :look "%%~fd" PATH
for %%f in ("%CRIA_JDK_FOLDERS:;=" "%") do for /f "delims=" %%j in ('dir /b /ad /on "%%~f" 2^>nul') do (
  call :look "%%~f\%%j" "%%~f"
  call :look "%%~f\%%j\current" "%%~f"
)
exit /b 0

:look
if defined JDK exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
set "VERSION=of unknown version, without a release file"
set "MAJOR=0"
if exist "%~1\release" for /f "usebackq tokens=1,* delims==" %%k in ("%~1\release") do if "%%k"=="JAVA_VERSION" set "VERSION=%%~l"
for /f "tokens=1 delims=.-+_ " %%m in ("%VERSION%") do set "MAJOR=%%m"
if "%MAJOR%"=="of" set "MAJOR=0"
set "FLAW="
if %MAJOR% LSS %NEEDED% set "FLAW=Java %VERSION%"
if not defined FLAW if "%ROLE%"=="build" if not exist "%~1\bin\javac.exe" set "FLAW=Java %VERSION% without a compiler"
if not defined FLAW set "JDK=%~1"
if defined FLAW if defined REPORT >&2 echo   "%~1": %FLAW% [%~2]
exit /b 0

:no_java
>&2 echo cria: needs a JDK %NEEDED% or newer, and found none.
>&2 echo.
>&2 echo Found [nothing, if nothing follows]:
set "REPORT=yes"
call :find_java
>&2 echo.
>&2 echo Get one, beside what you have; nothing else has to change:
>&2 echo   winget install EclipseAdoptium.Temurin.%NEEDED%.JDK
>&2 echo   or https://adoptium.net/temurin/releases/?version=%NEEDED%
>&2 echo If it is in a folder of its own, say where: set CRIA_JAVA_HOME=C:\path\to\jdk-%NEEDED%
exit /b 1
