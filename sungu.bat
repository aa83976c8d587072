@echo off
rem The sungu command on Windows. NOT RUN YET: written beside ./sungu, never tried on Windows.
rem SUNGU_JAVA_HOME or JAVA_HOME names a JDK 25; Maven must be on the PATH for the first build.
setlocal
set "HERE=%~dp0"
set "FOUND="
call :look "%SUNGU_JAVA_HOME%"
call :look "%JAVA_HOME%"
call :look "%JAVA25_HOME%"
for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :look "%%~D"
if not defined FOUND (
    echo Sungu needs a JDK 25, and none was found. 1>&2
    echo   Install one, for example Temurin 25, or set SUNGU_JAVA_HOME to its folder. 1>&2
    exit /b 1
)
if not exist "%HERE%cli\target\built" (
    echo sungu: building, once... 1>&2
    pushd "%HERE%"
    set "JAVA25_HOME=%FOUND%"
    call mvn -B -q -Pquick -pl cli -am package || (popd & exit /b 1)
    popd
)
"%FOUND%\bin\java" %SUNGU_JAVA_FLAGS% --module-path "%HERE%cli\target\modules" --module sungu.cli/sungu.cli.Main %*
exit /b %ERRORLEVEL%

:look
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /b /r /c:"JAVA_VERSION=.25[.\"]" "%~1\release" >nul 2>&1 && set "FOUND=%~1"
exit /b 0
