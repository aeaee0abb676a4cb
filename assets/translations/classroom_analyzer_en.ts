<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>LiveDialog</name>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, for %n days</source>
        <translation>
            <numerusform>Keep video and sound, encrypted, for %n day</numerusform>
            <numerusform>Keep video and sound, encrypted, for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, until I have checked the lesson, %n days at most</source>
        <translation>
            <numerusform>Keep video and sound, encrypted, until I have checked the lesson, %n day at most</numerusform>
            <numerusform>Keep video and sound, encrypted, until I have checked the lesson, %n days at most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message numerus="yes">
        <source>%n faces found, all large enough.</source>
        <translation>
            <numerusform>%n face found, large enough.</numerusform>
            <numerusform>%n faces found, all large enough.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, {large} of them large enough to tell where they face.</source>
        <translation>
            <numerusform>%n face found, {large} of them large enough to tell where it faces.</numerusform>
            <numerusform>%n faces found, {large} of them large enough to tell where they face.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, only {large} of them large enough. Move the camera closer or use a sharper one.</source>
        <translation>
            <numerusform>%n face found, {large} of them large enough. Move the camera closer or use a sharper one.</numerusform>
            <numerusform>%n faces found, only {large} of them large enough. Move the camera closer or use a sharper one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StoredPanel</name>
    <message numerus="yes">
        <source>%n lesson(s) kept.</source>
        <translation>
            <numerusform>%n lesson kept.</numerusform>
            <numerusform>%n lessons kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Unfinished</name>
    <message numerus="yes">
        <source>%n lessons were cut off and can be recovered.</source>
        <translation>
            <numerusform>%n lesson was cut off and can be recovered.</numerusform>
            <numerusform>%n lessons were cut off and can be recovered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message numerus="yes">
        <source>%n mark(s) not compared: the line could be seen.</source>
        <translation>
            <numerusform>%n mark was not compared: the line could be seen.</numerusform>
            <numerusform>%n marks were not compared: the line could be seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) not compared: there was too little of the line beside them.</source>
        <translation>
            <numerusform>%n mark was not compared: there was too little of the line beside it.</numerusform>
            <numerusform>%n marks were not compared: there was too little of the line beside them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>self_test</name>
    <message numerus="yes">
        <source>%n faces found.</source>
        <translation>
            <numerusform>%n face found.</numerusform>
            <numerusform>%n faces found.</numerusform>
        </translation>
    </message>
</context>
</TS>
