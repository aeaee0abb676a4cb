<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ByDialog</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatEntry</name>
    <message>
        <source>Type a line, then Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own chat line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own line, kept as the teacher&apos;s (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste chat lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take chat lines from the clipboard; lines already here count once (Ctrl+V)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines taken: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already here: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>private and left out: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not readable: {n}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat lines, newest last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>questions: {n}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassLine</name>
    <message>
        <source>Class line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the class line is where it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what the line rests on; click the line to ask about any moment of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class line in words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration lesson: the class line is hidden until the end, so that your marks are your own.
Press W when the class is with you and L when it is lost. Marks so far: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}  {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}  {value:.2f}, model range {low:.2f} to {high:.2f}, coverage {coverage:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model range (80 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this lesson&apos;s median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share observed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassPlot</name>
    <message>
        <source>Plot of the class line, last ten minutes. Arrow keys move the cursor, Enter says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Last ten minutes as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimate, 0 to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last ten minutes, newest first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompactStrip</name>
    <message>
        <source>Classroom Analyzer, strip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lesson strip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is with me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the whole window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}. Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContributionBars</name>
    <message>
        <source>What goes with the class line: {list}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hardly matters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes with higher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes with lower</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeviceBar</name>
    <message>
        <source>Elapsed time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{now} of {length}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest figures came {n:.0f} s late.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is with me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is with me (W)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is lost (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark this moment (M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note for this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note for this moment (N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the lesson (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look, listen and read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look, listen and read nothing for a while</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk: {left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk: {gb:.1f} GB left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low. {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{gb:.1f} GB free</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeviceField</name>
    <message>
        <source>{name} (not there now)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear: {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Learn a key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seven short steps, about two minutes. Everything stays on this computer, and you can go back or start again at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{heading}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LearnKeyDialog</name>
    <message>
        <source>Learn a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the key for “{action}”, or the button of the presentation clicker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A clicker acts here only while this program has the keyboard, not while slides fill the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key works the window itself. Press another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is taken away from “{action}”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LessonStage</name>
    <message>
        <source>Closing the lesson folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no text on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still at work; paste again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projector-safe view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of the sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sound arrives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only silence arrives; the microphone may be muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very quiet. Speak, or move the microphone closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too loud. Turn the microphone down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The level is good.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveDialog</name>
    <message>
        <source>Live lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call, or heard by the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None; lines can be pasted during the lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the attendance file of the meeting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample of your voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None; your talk is not told from the class&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a sound file in which only you speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example 7b; finds its calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats that stay masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, for example 3, 7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class can see this screen: show only the lamp and the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration lesson: hide the line, so that my marks are not led by it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked seats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats get their numbers when the lesson begins, so mask a person who opted out by a click on the picture as soon as it shows; numbers given here hold from the first second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More options</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, for %n days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, until I have checked the lesson, %n days at most</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Everyone concerned was told, and whoever opted out is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone in view agreed to an estimate, and whoever did not is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked seats are numbers with commas between them, for example 3, 7.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture, a microphone or a chat file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick the line above to start; the lamp stays lit while the lesson runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lamp stays lit while the lesson runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the live lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again for cameras and microphones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a live lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the chat file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveLayout</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built on observable participation. Not a measure of attention, understanding or ability.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Classroom Analyzer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask seat {n}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From now on the seat is hidden in picture, figures and recording. It cannot be shown again in this lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask this seat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {n} is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is seen, heard or read. The gap stays a gap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Stop the lesson?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was measured so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classroom Analyzer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} The lesson goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault inside the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the lesson and close?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when this lesson is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings cannot be read; the usual ones hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be put aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lesson} – Classroom Analyzer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that was measured is in the lesson folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson ended early.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Marked at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note kept for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your dispute is kept for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With me at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note for {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>Notice and consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell everyone in view before the first lesson, and ask for consent where you need it. This text is a beginning; change it to what holds at your school. It is no legal advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adults and parents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Children</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved there; choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Openers</name>
    <message>
        <source>Opening {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the demo lesson…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The choice of policy cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The choice could not be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening camera and microphone…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Packs</name>
    <message>
        <source>Packs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packs (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All works without them. Each is checked before it is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file of the pack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed. It is used from the next lesson on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you want to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{group}: {command}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command} ({state})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureField</name>
    <message>
        <source>Picture from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the address of the camera, for example http://192.168.1.20:8080/video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type left edge, top edge, width and height in pixels, for example 0,0,1280,720.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera at a web address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the screen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (not there now)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left, top, width and height of the part, in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web address of the camera</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A camera in the room, the window of a video call, or a part of the screen. You can go without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again for cameras, windows and screens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen of this computer faces the class: start lessons with the lamp and the notice only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a picture, nobody is seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face found yet. Let somebody look into the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, all large enough.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, {large} of them large enough to tell where they face.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, only {large} of them large enough. Move the camera closer or use a sharper one.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyChooser</name>
    <message>
        <source>Education in the EU/EEA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Education elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other training or meetings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is this program used?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far may it go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be chosen for education in the EU/EEA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs an ethics reference and a legal basis, which the command line takes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PolicyDialog</name>
    <message>
        <source>What may be computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can change this later; a change begins a new lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message>
        <source>What may be computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can change this later; a change begins a new lesson.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Picture of the class, masks applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys go from seat to seat, Enter asks to mask one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of the class, seat {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {number}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Lessons that were cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program or the computer stopped before they were closed. Recovering works on a copy; what was measured until then is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovering…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stays as it is and is not offered again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeatTiles</name>
    <message>
        <source>Seats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats by number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How well each is seen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SelfTestPage</name>
    <message>
        <source>Self-test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten seconds with the camera and the microphone that you chose. Say a few words while it runs. Nothing of it is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera and no microphone was chosen, so there is nothing to test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listening and looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting could not be stored: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page is as it was in the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings (*.toml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings are exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings are imported; policy and place of use stay as they were.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SetupFlow</name>
    <message>
        <source>The setup cannot be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lessons cannot be looked through.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Microphone and chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say a few words and watch the bar. Sound tells talk from silence; words are not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again for microphones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call, or heard by the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level of the call&apos;s sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None; lines can be pasted during a lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the chat file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a microphone, talk and silence are not measured.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Classroom Analyzer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See how a lesson went from what anyone could see, hear and read. All of it stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plays a video or sound file as if it were live.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the demo lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bundled lesson with drawn people; no camera is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a live lesson…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses the camera and the microphone of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what may be computed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what may be computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing but the demo runs before you choose what may be computed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy: {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>What is kept, and where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder of the lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No video or sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until I have checked the lesson, {days} days at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For this many days:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days for which video and sound are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each lesson asks anew whether it is recorded. Figures of the class are kept for a year at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keyring and no passphrase on this computer, so video, chat, names and seats cannot be encrypted, and are not kept at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} free on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoredPanel</name>
    <message>
        <source>Lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is kept of past lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this lesson…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is on this computer, in {folder}. Nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lesson(s) kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>recording, rows of seats and totals, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording and totals, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows of seats and totals, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows of the class and totals, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>totals {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until you delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this lesson for ever?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lesson}
Its keys are destroyed first, so that no copy of it can be read either.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still at work; try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>{name}: {value}, {note}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Strips</name>
    <message>
        <source>Indicators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indicators of the last ten minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the strips up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the strips out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StudentView</name>
    <message>
        <source>Notice for students</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teacher&apos;s view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the teacher&apos;s view</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TalkShare</name>
    <message>
        <source>Talk and sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no estimate is made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 10 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sound has been heard yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostly one voice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostly several voices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostly quiet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One voice, several voices and quiet mix.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the settings of the system</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VoiceLesson</name>
    <message>
        <source>Do not use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not use the sample of my voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on speaking: {seconds} of {all} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teach it your voice (20 s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teach it again (20 s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read something aloud, alone and without a break.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It knows your voice. Lessons tell your talk from the class&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds your share of the talk, questions and wait time. Without it, they stay a dash.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close and show the chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the moment rests on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was different? (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was different</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I disagree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I disagree with the estimate of this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why, at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This moment is not at hand: it is over ten minutes ago, or not over yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An estimate of what can be observed. It can be wrong; your dispute is kept with the lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I disagree with the estimate at {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>Set up Classroom Analyzer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip: play the demo lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The choices could not be stored: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_ChatDelegate</name>
    <message>
        <source>question · {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_ChatModel</name>
    <message>
        <source>{time} {who}: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question. {line}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Device</name>
    <message>
        <source>{name}: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropped: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysed: {n:.1f} pictures a second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Keeping</name>
    <message>
        <source>Keeping video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures not kept: {n}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_KeyTree</name>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Markers</name>
    <message>
        <source>Marker of key {number}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Number</name>
    <message>
        <source>not given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Pack</name>
    <message>
        <source>{origin}, licence {licence}, {size} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install from a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install from a file: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download {size} MB from {host}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>{sentence} A change takes effect with the next lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name} for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not delete {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be brought back after that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} of it are there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_ShareBar</name>
    <message>
        <source>One voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Switch</name>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_TalkStrip</name>
    <message>
        <source>Sound of the last ten minutes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Text</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>Seat {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {number}: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen fairly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen poorly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen too little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unlike training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>source lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Unfinished</name>
    <message>
        <source>Look at them…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the lessons that were cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were cut off and can be recovered.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>domain</name>
    <message>
        <source>Adds an engagement estimate for the class and, with consent, for numbered seats. It can be wrong about any person. Not for grades, discipline or ranking. Not for education in the EU/EEA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds boredom, confusion and frustration labels for approved studies. Their scientific basis is disputed. Needs an ethics reference and a separate consent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts what anyone in the room can see or hear: sound, talk and wait time, chat, raised hands, presence. Whole class only. No engagement or emotion estimates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimate available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out on request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: nothing could be seen, heard or read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: the faces are too small to read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: the model cannot tell the levels apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: the source was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: too little of this window was observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: unlike anything the model was trained on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>indicator_words</name>
    <message>
        <source>Faces in view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facing board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facing board, lower end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facing board, upper end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaze direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eye opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blinks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eyes closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raised hands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest silence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pitch of the voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns of talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of a turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teacher&apos;s share of talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause after the teacher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People who write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat against this lesson&apos;s usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to the first chat line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests for help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat about the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.0f} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.1f} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.1f} a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.1f} in 2 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.1f} in 10 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.1f} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.0f} dB below full scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.0f} Hz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.0f} degrees</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>indicators</name>
    <message>
        <source>fewer than {n} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quality {quality:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{basis}, from {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teacher {teacher:.0f} %, students {students:.0f} %, silence {silence:.0f} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of heads, last 10 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the last 30 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>messages, last 2 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of face pixels, last 10 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the chat, last 2 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs faces in view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs a microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs a chat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lamp</name>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lesson runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>live_actions</name>
    <message>
        <source>&amp;Mark this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste chat lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Seat tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projector-&amp;safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class line as a &amp;table…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is &amp;with me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class is &amp;lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a &amp;note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Take the newest mark back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own marker {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why is the class line where it is?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What s&amp;tudents may see, or everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small strip &amp;above slides, or the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the strip the keyboard</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>live_troubles</name>
    <message>
        <source>Video is no longer kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is nearly full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{gb:.1f} GB left. Free some space; marks and figures go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{gb:.1f} GB free. Video: {left}. Free some space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} gives nothing any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other sources go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is opened again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>nudges</name>
    <message>
        <source>The class line has been lower for two minutes than in the two before. It can be wrong; you see more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least three questions came in the chat in the last two minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearly all talk of the last ten minutes was one voice at a time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>packs</name>
    <message>
        <source>Finds faces faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds eyes, gaze and mouth of near faces</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>permissions</name>
    <message>
        <source>macOS blocks the camera. Open System Settings &gt; Privacy &amp; Security &gt; Camera and switch on Classroom Analyzer, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>macOS blocks the microphone. Open System Settings &gt; Privacy &amp; Security &gt; Microphone and switch on Classroom Analyzer, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows blocks the camera. Open Settings &gt; Privacy &amp; security &gt; Camera and switch on “Let desktop apps access your camera”, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows blocks the microphone. Open Settings &gt; Privacy &amp; security &gt; Microphone and switch on “Let desktop apps access your microphone”, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account may not use the camera. In a terminal, run: sudo usermod -aG video $USER, then log out and in again, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account may not use the microphone. In a terminal, run: sudo usermod -aG audio $USER, then log out and in again, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message numerus="yes">
        <source>%n mark(s) not compared: the line could be seen.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) not compared: there was too little of the line beside them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A dark or distant back row is missing data, not low engagement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A lesson of {length}, as far as it could be heard, read and seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A live lesson has none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quiet class is not a lost class: listening, thinking and writing look still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All marks, or all estimates beside them, are on one side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An estimate could be made for less than half of this lesson of {length}; read the gaps before the line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysed by Classroom Analyzer {version} on {device}, seed {seed}; policy {name} (basis: {basis}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysis time per second of lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before you use this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built on observable participation. Not a measure of attention, understanding or ability.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa: 1 is agreement, 0 what chance gives; the line counts as with me from its middle on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different people writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not compare this lesson&apos;s line with another lesson&apos;s: each is drawn against its own median.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces are too small or turned too far to tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hands raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads towards their usual target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much was observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In this lesson of {length} a voice could be heard {share} of the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: it needs {minimum} people; how many the class holds is not known. Give the class size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: it needs {minimum} people; how many the picture holds is not known. Give the class size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: it would be about fewer than {minimum} people, so about individuals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels 0 to 3, pressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels 0 to 3, sampled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking down to write is part of the work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moments to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most seats seen at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a sample of the teacher&apos;s voice, or the call&apos;s sound apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a sample of the teacher&apos;s voice, the call&apos;s sound apart, or a transcript.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a transcript or speech recognition.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs at least five messages in English and a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chat was connected. A saved chat (--chat) would fill it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clear dip or rise in this lesson: in no stretch of two minutes does the whole model range lie on one side of the lesson&apos;s median.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No consequences. Do not use this report for grades, discipline, ranking or the appraisal of a teacher. It can be wrong about any person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No estimate could be made in this lesson of {length}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No estimate for {part} of {whole}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No font with Chinese signs was found on this computer; where this page shows boxes, install one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No mark of this lesson was compared with its line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model for it is shipped; marks by hand would fill it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not made under this policy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here shows learning, effort, mood, intent, ability or the quality of teaching.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One voice at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only marks that were given while the line was hidden are compared. Pressed: you chose the moment. Sampled: nobody chose it. Ranges are 95 % intervals over stretches of two minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the lesson: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause after the teacher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures analysed per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats seen on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of each source in moving the line away from what would be assumed without any evidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound was off or absent. A microphone, or a recording with sound (--audio), would fill it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teacher&apos;s share of talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line as a table, in stretches of two minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line over the lesson, against the lesson&apos;s own median, with its model range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line shows no clear change between the halves of this lesson of {length}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line was higher in the second half of this lesson of {length} than in the first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class line was lower in the second half of this lesson of {length} than in the first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson names no class (--class), so marks of other lessons are not counted with these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model was trained on simulated lessons. Nobody has yet compared it with what teachers or observers saw in your class, so the line carries no numbers, and it may be wrong as a whole. Marking moments as “with me” or “lost” over at least five lessons will let it be compared with your own judgement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model was trained on simulated lessons; an intercept, a slope and one weight for each source were then fitted to marks of this class that were given while the line was hidden. The figure compares marks with what a fit to the other lessons said of them. It holds for this class and this model only, and the line still shows no numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The public data behind such models are adults at webcams; minors and room cameras are not validated here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a class line for this lesson of {length}; it is too short to say whether it changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an estimate for every second of the lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thick line: the class estimate, low to high, against this lesson&apos;s own median (dashed). Hatched: model range, 80 %; it widens as less is seen. Shaded: no estimate, a gap is never filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page contains: {what}. The numbers behind it lie in the lesson folder; DATA_DICTIONARY.md explains them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too little of the sound was usable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video was off or absent. A camera, or a recording with a picture, would fill it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voices heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait time after a question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What could not be measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the line rests on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was the class doing, and was it meant to look still?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What worked here?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a line breaks, nothing was measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why “{badge}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With me or lost, pressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With me or lost, sampled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your marks and the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against this lesson&apos;s median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by pseudonym</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chat, messages a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class size not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clearly higher than the lesson&apos;s median.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clearly higher than the lesson&apos;s median; goes with a change in {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clearly lower than the lesson&apos;s median.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clearly lower than the lesson&apos;s median; goes with a change in {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>collecting: {n} of {needed} marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>concordance: 1 is the same level each time, 0 is none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy to share: figures of fewer than {minimum} people are left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engagement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>experimental: not validated in your class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than {minimum} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>figures and charts of the whole class; no rows of single people, no names, no chat text, no pictures, no sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>higher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lines that ask something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lines with a question mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough evidence: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing from {start} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing was analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>observe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the readable faces; the desk is a target too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the seats known; bending over looks like absence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the talk whose speaker is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the time heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the time heard, judged over 15 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the time heard; silent work is work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the time heard; tends to be counted too low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {size} seats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>policy {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>public lines; private ones are never read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>research</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seats seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of all seats and seconds in which a face could be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of the time the chat was connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of the time with usable sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>small group: read as individuals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this lesson&apos;s
median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time in the lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>voices, share of 30 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without any voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{list} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{note}; each mark covers {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} – lesson report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value}, {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self_test</name>
    <message>
        <source>No face found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {rate} pictures a second are analysed on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The estimate comes once a second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is estimated under this policy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sound arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only silence arrived; the microphone may be muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound is very quiet; move the microphone closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound is good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound is too loud; turn the microphone down.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>experimental: not validated in your class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silent work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost (retry in {seconds} s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost (retry)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing was recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing seen, heard or read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too little was observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>faces too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unlike the training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model cannot tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a source was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out on request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} hours left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} seats seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>small group: read as individuals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too early to tell a trend.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks higher than two minutes ago.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks lower than two minutes ago.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks steady.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rests on {first}, {second} and {third}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rests on {first} and {second}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rests on {only} only.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>setting_fields</name>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Education in the EU or EEA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Education elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera, call window or part of the screen that lessons watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days for which picture and sound of a recorded lesson are kept at most; 0 keeps none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete a recording as soon as its lesson was checked, and after those days at the latest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face landmarks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewest people that a class tile on the screen may show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewest people that an exported figure may rest on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File into which the meeting program writes its chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the program may go with a lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep until checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys of all actions, also those of a presentation clicker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the window and of reports.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loudspeaker whose sound is taken along as a track of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone that lessons listen to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model of fine facial indicators; auto is the pack where it is installed, none does without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that encodes chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that encodes faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that encodes sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that finds faces; auto is the pack where it is installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that joins the modalities.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the class that the next lesson begins with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the markers that the keys 1 to 9 set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in that class; unknown when empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures analysed per second of lesson.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place of use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample of the teacher&apos;s voice, by which it is told from the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show at most one short hint about the whole class in five minutes, never about one student.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show changes at once instead of sliding or fading them in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of all text, in per cent of the system&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest group in exports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest group on the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start lessons with the recording lamp and the notice only, because students can see this screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teacher&apos;s voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen faces the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where lessons are kept; the data folder when empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the program is used; decides which policies can be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>student_view</name>
    <message>
        <source>Paused: nothing is seen, heard or read at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classroom Analyzer takes in what anyone in the room can see or hear: sound, talk, chat, presence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts for the whole class and makes no estimate of anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It makes an estimate of how the class takes part. It can be wrong about any person. It is not used for grades, discipline or ranking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An approved study takes part; you were asked about it separately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture and sound of this lesson are kept, encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture and no sound are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays on this computer. You can ask to be left out.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>why</name>
    <message>
        <source>Estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indicators that moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat of the two minutes before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No estimate is made under this policy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f} on a scale from 0 to 1, model range (80 %) {low:.2f} to {high:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f} before, at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observed: {now:.0f} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observed: {now:.0f} %, before {before:.0f} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen, before {before}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{modality} is not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{modality} goes with {value:+.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{modality} goes with none of the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{modality} goes with {value:+.2f} of the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None that was measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {before}, now not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {now}, before not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {before} to {now}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} {who}: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier lines: {n}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window_actions</name>
    <message>
        <source>&amp;Open a recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the &amp;demo lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a &amp;live lesson…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What may be &amp;computed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start or stop a lesson…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back to start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a &amp;command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set &amp;up again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: as the s&amp;ystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: &amp;light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: &amp;dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
